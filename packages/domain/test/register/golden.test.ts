import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { NewEvent } from '../../src/events/table.js';
import { type RegisterEventType, registerEvents } from '../../src/events/table.js';
import { asRecorded, codec, encodeOne, load, namePattern, names, sha256 } from './golden.js';
import { samples } from './samples.js';

const isType = (name: string): name is RegisterEventType => Object.hasOwn(registerEvents, name);

const golden = suite('golden files');

for (const name of names()) {
  golden(`${name} is read as it always was, and written so to the byte`, async () => {
    const [, type = '', schema = ''] = namePattern.exec(name) ?? [];
    assert.ok(isType(type), 'named after an event type');
    const { body, event, personal } = load(name);
    const { meta } = event;
    assert.is(event.type, type);
    assert.is(meta.schema, Number(schema));
    const recorded = asRecorded(
      { id: meta.id, type, body, hash: meta.chain.hash },
      meta.stream,
      meta.revision,
    );
    assert.is(sha256(body), meta.chain.hash);
    assert.equal(codec.decode(recorded), { _tag: 'Event', event });

    if (registerEvents[type].schema !== meta.schema) return;
    const { stream, revision, recordedAt, actor, commandId, commandDigest, causationId, evidence } = meta;
    const again = await encodeOne(
      {
        stream,
        revision,
        previous: meta.chain.previous,
        recordedAt,
        actor,
        commandId,
        commandDigest,
        causationId,
        evidence,
        confirmation: meta.confirmation,
      },
      {
        type,
        data: event.data,
        ...(event.sealed === undefined ? {} : { personal, subject: event.sealed.subject }),
      } as NewEvent,
    );
    assert.is(again.body, body);
    assert.is(again.id, meta.id);
  });
}

golden('each event type has one for each of its schema versions', () => {
  const present = new Set(
    names().map((name) => namePattern.exec(name)?.slice(1, 3).join('.') ?? `a file that is none: ${name}`),
  );
  const needed = Object.entries(registerEvents).flatMap(([type, { schema }]) =>
    Array.from({ length: schema }, (_, index) => `${type}.${index + 1}`),
  );
  assert.equal([...present].sort(), needed.sort());
});

golden('each example has its file', () => {
  for (const [type, forms] of Object.entries(samples)) {
    assert.ok(isType(type));
    for (const form of Object.keys(forms)) {
      const name = `${type}.v${registerEvents[type].schema}${form === '' ? '' : `.${form}`}.json`;
      assert.ok(names().includes(name), `${name} is missing; see golden.ts`);
    }
  }
});

golden.run();
