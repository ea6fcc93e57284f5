/**
 * Writes the golden files that are missing; see `golden.ts`.
 *
 * @packageDocumentation
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { type NewEvent, registerEvents } from '../../src/events/table.js';
import { asRecorded, codec, directory, encodeOne, type Golden, surroundings } from './golden.js';
import { samples } from './samples.js';

mkdirSync(directory, { recursive: true });
for (const forms of Object.values(samples)) {
  for (const [form, sample] of Object.entries<NewEvent>(forms)) {
    const { schema } = registerEvents[sample.type];
    const name = `${sample.type}.v${schema}${form === '' ? '' : `.${form}`}.json`;
    if (existsSync(`${directory}${name}`)) continue;
    const written = await encodeOne(surroundings, sample);
    const decoded = codec.decode(asRecorded(written, surroundings.stream, surroundings.revision));
    if (decoded._tag !== 'Event') throw new Error(`${name}: ${decoded._tag}`);
    const golden: Golden = {
      body: written.body,
      event: decoded.event,
      personal: 'personal' in sample ? sample.personal : null,
    };
    writeFileSync(`${directory}${name}`, `${JSON.stringify(golden, null, 2)}\n`);
    console.log(`wrote ${name}`);
  }
}
