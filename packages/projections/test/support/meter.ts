/**
 * As much of a SDK for metrics as is asked for: it keeps what is counted, and asks when a test wants to know.
 */
import {
  type Attributes,
  type BatchObservableCallback,
  type BatchObservableResult,
  createNoopMeter,
  type Meter,
  metrics,
} from '@opentelemetry/api';

export interface Observation {
  readonly name: string;
  readonly value: number;
  readonly attributes: Attributes;
}

export interface MemoryMeter {
  /** Everything that can be observed, as of now. */
  readonly observe: () => Promise<ReadonlyArray<Observation>>;
  readonly added: Observation[];
  /** How many are still asked. */
  readonly asked: () => number;
}

/** Takes the place of the program's meters until `metrics.disable()`. */
export const memoryMeter = (): MemoryMeter => {
  const callbacks = new Set<BatchObservableCallback>();
  const added: Observation[] = [];
  const none = createNoopMeter();
  const instrument = (name: string) => ({ name });
  const meter = Object.assign(Object.create(none) as Meter, {
    createObservableGauge: instrument,
    createObservableCounter: instrument,
    createCounter: (name: string) => ({
      add: (value: number, attributes: Attributes = {}) => void added.push({ name, value, attributes }),
    }),
    addBatchObservableCallback: (callback: BatchObservableCallback) => void callbacks.add(callback),
    removeBatchObservableCallback: (callback: BatchObservableCallback) => void callbacks.delete(callback),
  });
  metrics.setGlobalMeterProvider({ getMeter: () => meter });
  return {
    added,
    asked: () => callbacks.size,
    observe: async () => {
      const seen: Observation[] = [];
      const result: BatchObservableResult = {
        observe: (of, value, attributes = {}) => {
          seen.push({ name: (of as unknown as { readonly name: string }).name, value, attributes });
        },
      };
      for (const callback of callbacks) await callback(result);
      return seen;
    },
  };
};
