/** The large register as a table. */
import type { LargeResults } from './run-large.js';
import { type Cells, count, table } from './table.js';

const seconds = (value: number): string => (value < 10 ? value.toFixed(1) : count(value));

export const largeTable = (results: LargeResults): string => {
  const { agencies, eventsPerAgency, log, logMiB, vaultMiB, replay, index, models } = results;
  const bytesEach = Math.round((logMiB * 2 ** 20) / log.events);
  const row = (
    name: string,
    took: number,
    { perSecond, peakMiB }: { readonly perSecond: number; readonly peakMiB: number },
    cpu: string,
    size: string,
  ): Cells => [name, seconds(took), cpu, count(perSecond), count(peakMiB), size];
  const rows = [
    row('reading alone', replay.events / replay.perSecond, replay, '–', '–'),
    row('decision index', index.seconds, index, seconds(index.cpuSeconds), count(index.sizeMiB)),
    ...models.map((model) =>
      row(model.name, model.seconds, model, seconds(model.cpuSeconds), count(model.sizeMiB)),
    ),
  ];
  return [
    `A register of ${count(log.events)} events, ${count(agencies)} agencies with ${eventsPerAgency} each: ${count(logMiB)} MiB (${count(bytesEach)} octets an event), keys ${count(vaultMiB)} MiB, written at ${count(log.perSecond)} events/s.`,
    table(
      ['built from the beginning', 's', 'of it this processor', 'events/s', 'peak MiB', 'its size, MiB'],
      rows,
    ),
  ].join('\n\n');
};
