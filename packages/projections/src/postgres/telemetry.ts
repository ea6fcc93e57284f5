/**
 * Metrics of a runner through OpenTelemetry's API: without a SDK in the program they cost nothing and go nowhere.
 *
 * Each runner tells of the partitions that it holds, so that nothing is told twice. A position is no number and none of them; what
 * was passed says how far a partition is, and how quick.
 *
 * @packageDocumentation
 */
import { type Attributes, type BatchObservableCallback, metrics } from '@opentelemetry/api';
import * as E from 'fp-ts/lib/Either.js';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import type { ProjectionFault } from '../fault.js';
import type { PostgresProjectionStatus } from './status.js';

export interface RunnerTelemetry {
  /** Counts a fault of the following, by its code. */
  readonly fault: (fault: ProjectionFault) => void;
  readonly stop: () => void;
}

export interface RunnerTelemetryParts {
  readonly owner: string;
  readonly status: () => TaskEither<ProjectionFault, ReadonlyArray<PostgresProjectionStatus>>;
}

/** Begins to tell. */
export const runnerTelemetry = ({ owner, status }: RunnerTelemetryParts): RunnerTelemetry => {
  const meter = metrics.getMeter('@mandate/projections');
  const lag = meter.createObservableGauge('mandate.projections.lag', {
    unit: 's',
    description: 'For how long the first event has been there that a partition of a read model does not know',
  });
  const lagEvents = meter.createObservableGauge('mandate.projections.lag.events', {
    unit: '{event}',
    description: 'Events of the store that a read model has not passed',
  });
  const passed = meter.createObservableCounter('mandate.projections.passed', {
    unit: '{event}',
    description: 'Events of a partition that are behind a read model, applied or not',
  });
  const applied = meter.createObservableCounter('mandate.projections.applied', {
    unit: '{event}',
    description: 'Events that changed a read model',
  });
  const held = meter.createObservableGauge('mandate.projections.partitions', {
    description: 'Partitions that this runner holds',
  });
  const faults = meter.createCounter('mandate.projections.faults', {
    description: 'Why a runner could not go on, by code',
  });

  const observed = [lag, lagEvents, passed, applied, held];
  const observe: BatchObservableCallback = async (result) => {
    const statuses = await status()();
    if (E.isLeft(statuses)) return;
    const own = new Set<number>();
    for (const each of statuses.right) {
      const of: Attributes = {
        'mandate.projection': each.name,
        'mandate.projection.version': each.version,
        'mandate.projection.status': each.status,
      };
      const mine = each.partitions.filter((partition) => partition.owner === owner);
      for (const { partition, ...figures } of mine) {
        own.add(partition);
        const attributes = { ...of, 'mandate.partition': partition };
        if (figures.lagSeconds !== undefined) result.observe(lag, figures.lagSeconds, attributes);
        result.observe(passed, figures.passed, attributes);
        result.observe(applied, figures.applied, attributes);
      }
      // Of the whole read model, by who holds its first partition.
      if (each.lagEvents !== undefined && each.partitions[0]?.owner === owner)
        result.observe(lagEvents, each.lagEvents, of);
    }
    result.observe(held, own.size);
  };
  meter.addBatchObservableCallback(observe, observed);
  return {
    fault: ({ code, projection }) =>
      faults.add(1, {
        'mandate.code': code,
        ...(projection === undefined ? {} : { 'mandate.projection': projection }),
      }),
    stop: () => meter.removeBatchObservableCallback(observe, observed),
  };
};
