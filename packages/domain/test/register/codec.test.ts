import fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { clear, withSealed } from '../../src/events/define.js';
import { registerEvents } from '../../src/events/table.js';
import type { Position, RecordedEvent } from '../../src/ports/event-store.js';
import { createCodec, derivedId } from '../../src/register/codec.js';
import { t } from '../../src/schema.js';
import { hex64, people, uuid } from './fixtures.js';
import { asRecorded, codec, encodeOne, load, names, openVault, sha256, surroundings } from './golden.js';
import { samples } from './samples.js';

const { stream, revision } = surroundings;
const suspended = samples.AgencySuspended[''] ?? fail();
function fail(): never {
  throw new Error('no sample');
}

/** A stored event with its body changed as JSON; its hash fits. */
const altered = (recorded: RecordedEvent, change: (body: Record<string, unknown>) => void): RecordedEvent => {
  const body = JSON.parse(recorded.body);
  change(body);
  const text = JSON.stringify(body);
  return { ...recorded, body: text, hash: sha256(text) };
};

// -------------------------------------------------------------------------------------
const reading = suite('reading stored bytes');

reading('every field of the envelope is needed and of its kind', async () => {
  const good = asRecorded(await encodeOne(surroundings, suspended), stream, revision);
  assert.is(codec.decode(good)._tag, 'Event');
  for (const key of Object.keys(JSON.parse(good.body))) {
    for (const value of [undefined, 7.5, {}, true]) {
      if (key === 'data' && value !== undefined) continue;
      const bad = altered(good, (body) => {
        body[key] = value;
      });
      assert.is(codec.decode(bad)._tag, 'Corrupt', `${key} = ${String(value)}`);
    }
  }
});

reading('actors are of the five kinds, with what each needs', async () => {
  const good = asRecorded(await encodeOne(surroundings, suspended), stream, revision);
  const tagOf = (actor: unknown) =>
    codec.decode(
      altered(good, (body) => {
        body['actor'] = actor;
      }),
    )._tag;
  for (const actor of [
    { kind: 'agency' },
    { kind: 'system' },
    { kind: 'manager', person: hex64(1) },
    { kind: 'clerk', person: hex64(1) },
    { kind: 'staff', account: 'ops-1' },
  ]) {
    assert.is(tagOf(actor), 'Event');
  }
  for (const actor of [
    null,
    'staff',
    [],
    {},
    { kind: 'manager' },
    { kind: 'staff', account: 1 },
    { kind: 'x' },
  ]) {
    assert.is(tagOf(actor), 'Corrupt');
  }
});

reading('an event in a place that is not its own is corrupt', async () => {
  const good = asRecorded(await encodeOne(surroundings, suspended), stream, revision);
  const elsewhere: ReadonlyArray<Partial<RecordedEvent>> = [
    { id: uuid(1) },
    { type: 'AgencyReopened' },
    { stream: 'agency-gepi.10002' as RecordedEvent['stream'] },
    { revision: revision + 1 },
  ];
  for (const place of elsewhere) {
    assert.equal(codec.decode({ ...good, ...place }), {
      _tag: 'Corrupt',
      detail: `${place.stream ?? stream}@${place.revision ?? revision}: body belongs to another place in the store`,
    });
  }
});

reading('data that the type does not allow are corrupt, and what is too much is dropped', async () => {
  const good = asRecorded(await encodeOne(surroundings, suspended), stream, revision);
  for (const data of [null, [], 'x', {}, { reason: 7 }]) {
    const bad = altered(good, (body) => {
      body['data'] = data;
    });
    assert.equal(codec.decode(bad), {
      _tag: 'Corrupt',
      detail: `${stream}@${revision}: data of AgencySuspended do not decode`,
    });
  }
  const more = codec.decode(
    altered(good, (body) => {
      body['data'] = { reason: 'audit', name: 'x' };
    }),
  );
  assert.ok(more._tag === 'Event');
  assert.equal(more.event.data, { reason: 'audit' });
});

reading('a sealed part that is missing, or where none belongs, is corrupt', async () => {
  const sample = samples.ContactChanged[''] ?? fail();
  const sealed = asRecorded(await encodeOne(surroundings, sample), stream, revision);
  assert.is(codec.decode(sealed)._tag, 'Event');
  const without = altered(sealed, (body) => {
    body['sealed'] = undefined;
    body['subject'] = undefined;
  });
  assert.is(codec.decode(without)._tag, 'Corrupt');
  const clearOne = asRecorded(await encodeOne(surroundings, suspended), stream, revision);
  const with_ = altered(clearOne, (body) => {
    body['sealed'] = 'x';
    body['subject'] = people.lin;
  });
  assert.is(codec.decode(with_)._tag, 'Corrupt');
});

reading('a type that is not known, and a schema that is newer, are skipped and told', async () => {
  const good = asRecorded(await encodeOne(surroundings, suspended), stream, revision);
  for (const type of ['AgencyMerged', 'constructor', 'toString', '__proto__']) {
    const unknown = altered({ ...good, type }, (body) => {
      Object.defineProperty(body, 'type', { value: type, enumerable: true });
    });
    assert.equal(codec.decode(unknown), {
      _tag: 'Unknown',
      type,
      schema: 1,
      previous: surroundings.previous,
    });
  }
  const newer = altered(good, (body) => {
    body['schema'] = 2;
    body['data'] = { whatever: true };
  });
  assert.equal(codec.decode(newer), {
    _tag: 'Unknown',
    type: 'AgencySuspended',
    schema: 2,
    previous: surroundings.previous,
  });
});

reading('a schema below the first is corrupt', async () => {
  const good = asRecorded(await encodeOne(surroundings, suspended), stream, revision);
  const older = altered(good, (body) => {
    body['schema'] = 0;
  });
  assert.is(codec.decode(older)._tag, 'Corrupt');
});

reading('no bytes make it throw', () => {
  const bodies = names().map((name) => load(name).body);
  const text = fc.oneof(
    fc.string(),
    fc.json(),
    fc
      .constantFrom(...bodies)
      .chain((body) => fc.nat({ max: body.length }).map((length) => body.slice(0, length))),
    fc
      .tuple(fc.constantFrom(...bodies), fc.nat(), fc.string({ minLength: 1, maxLength: 3 }))
      .map(([body, at, put]) => {
        const place = at % body.length;
        return body.slice(0, place) + put + body.slice(place + put.length);
      }),
  );
  fc.assert(
    fc.property(text, (body) => {
      const recorded = asRecorded(
        { id: uuid(1), type: 'AgencySuspended', body, hash: sha256(body) },
        stream,
        0,
      );
      assert.ok(['Event', 'Unknown', 'Corrupt'].includes(codec.decode(recorded)._tag));
    }),
    { numRuns: 1000 },
  );
});

reading.run();

// -------------------------------------------------------------------------------------
const writing = suite('writing events');

const encode = (events: Parameters<typeof codec.encode>[1]) => codec.encode(surroundings, events, openVault);

writing('the events of one command are numbered, chained, and caused by its first', async () => {
  const events = [samples.AgencySuspended[''], samples.AgencyReopened[''], samples.ContactChanged['']].map(
    (sample) => sample ?? fail(),
  );
  const encoded = await encode(events);
  assert.ok(E.isRight(encoded));
  const bodies = encoded.right.map(({ body }) => JSON.parse(body));
  assert.equal(
    bodies.map((body) => body.revision),
    [7, 8, 9],
  );
  assert.equal(
    bodies.map((body) => body.id),
    [0, 1, 2].map((index) => derivedId(surroundings.commandId, index)),
  );
  assert.equal(
    bodies.map((body) => body.causationId),
    [surroundings.causationId, bodies[0].id, bodies[0].id],
  );
  assert.equal(
    bodies.map((body) => body.previous),
    [surroundings.previous, encoded.right[0]?.hash, encoded.right[1]?.hash],
  );
  for (const { body, hash } of encoded.right) assert.is(hash, sha256(body));
});

writing('the same command makes the same bytes: a retry is the same event', async () => {
  const again = await encode([suspended]);
  assert.equal(again, await encode([suspended]));
  assert.is(derivedId(uuid(1), 0), derivedId(uuid(1), 0));
  assert.is.not(derivedId(uuid(1), 0), derivedId(uuid(1), 1));
  assert.match(
    derivedId(uuid(1), 0),
    /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
  );
});

writing('an event may hold from another instant than it is recorded', async () => {
  const later = { ...suspended, effectiveAt: '2026-04-01T00:00:00.000Z' };
  const decoded = codec.decode(asRecorded(await encodeOne(surroundings, later), stream, revision));
  assert.ok(decoded._tag === 'Event');
  assert.is(decoded.event.meta.effectiveAt, '2026-04-01T00:00:00.000Z');
  assert.is(decoded.event.meta.recordedAt, surroundings.recordedAt);
});

writing('personal data are sealed for their subject, in their place, and stand nowhere else', async () => {
  const sample = samples.ManagerAppointed[''] ?? fail();
  const written = await encodeOne(surroundings, sample);
  const body = JSON.parse(written.body);
  assert.is(body.subject, people.lin);
  assert.equal(JSON.parse(Buffer.from(body.sealed, 'base64').toString()), [
    people.lin,
    `${stream}/${written.id}`,
    JSON.stringify(sample.personal),
  ]);
  assert.not.ok(JSON.stringify({ ...body, sealed: '' }).includes(sample.personal.nationalId));
});

writing('what the definition does not name is not stored, in clear or sealed', async () => {
  const body = (
    await encodeOne(surroundings, {
      ...suspended,
      data: { ...suspended.data, nationalId: 'A123456789' } as typeof suspended.data,
    })
  ).body;
  assert.not.ok(body.includes('A123456789'));
  const sample = samples.ContactChanged[''] ?? fail();
  const sealed = (
    await encodeOne(surroundings, {
      ...sample,
      personal: { ...sample.personal, birthday: '0701130' } as typeof sample.personal,
    })
  ).body;
  const [, , plain] = JSON.parse(Buffer.from(JSON.parse(sealed).sealed, 'base64').toString());
  assert.equal(JSON.parse(plain), sample.personal);
});

writing('what could not be read back is not written', async () => {
  for (const event of [
    { type: 'AgencyMerged', data: {} },
    { type: 'constructor', data: {} },
    { type: 'AgencySuspended', data: { reason: 7 } },
    { type: 'ContactChanged', data: { person: people.lin } },
    { type: 'ContactChanged', data: { person: people.lin }, personal: { contact: {} }, subject: people.lin },
    { ...samples.ContactChanged[''], subject: undefined },
  ]) {
    const answer = await encode([suspended, event as (typeof samples.AgencySuspended)['']] as never);
    assert.ok(E.isLeft(answer));
    assert.is(answer.left.code, 'STORE_CORRUPT');
  }
});

writing(
  'what a writer goes on with is what a reader finds: of every kind of event, also of one too many fields',
  async () => {
    const position = '0000000000000001' as Position;
    for (const [type, variants] of Object.entries(samples)) {
      for (const event of Object.values(variants)) {
        for (const data of [event.data, { ...event.data, notOurs: 'x' }]) {
          const answer = await codec.encodeForReading(surroundings, [{ ...event, data } as never], openVault);
          assert.ok(E.isRight(answer), type);
          const [only] = answer.right;
          assert.ok(only);
          const found = codec.decode({ ...asRecorded(only.toAppend, stream, revision), position });
          assert.ok(found._tag === 'Event', type);
          assert.equal(only.readBack(position), found.event, type);
        }
      }
    }
  },
);

writing('what could not be read back is not written', async () => {
  const shouting = new t.Type<string, string>(
    'Shouting',
    (u): u is string => u === 'loud',
    (u, context) => (u === 'LOUD' ? t.success('loud') : t.failure(u, context)),
    (said) => `${said}!`,
  );
  const table = { Said: clear(t.strict({ said: shouting })) };
  const answer = await createCodec(table, sha256).encode(
    surroundings,
    [{ type: 'Said', data: { said: 'loud', notOurs: 1 } }],
    openVault,
  );
  assert.ok(E.isLeft(answer));
  assert.is(answer.left.code, 'STORE_CORRUPT');
});

writing('a vault that is down stops the whole batch', async () => {
  const down = { _tag: 'VaultFault', code: 'VAULT_UNAVAILABLE', detail: 'down' } as const;
  const answer = await codec.encode(surroundings, [suspended, samples.ContactChanged[''] ?? fail()], {
    ...openVault,
    seal: () => TE.left(down),
  });
  assert.ok(E.isLeft(answer));
  assert.is(answer.left.code, 'VAULT_UNAVAILABLE');
});

writing.run();

// -------------------------------------------------------------------------------------
const lifting = suite('lifting old schema versions');

/** Three versions of one type: a text, then a list of texts, then a list with a note. */
const versionOne = { Tagged: clear(t.strict({ tag: t.string })) };
const versionThree = {
  Tagged: clear(t.strict({ tags: t.readonlyArray(t.string), note: t.union([t.string, t.null]) }), 3, {
    1: (data) => ({ tags: [(data as { tag: string }).tag] }),
    2: (data) => ({ ...(data as { tags: string[] }), note: null }),
  }),
};

const storedAs = async (table: Parameters<typeof createCodec>[0], event: object, schema: number) => {
  const written = await createCodec(table, sha256).encode(surroundings, [event as never], openVault);
  assert.ok(E.isRight(written));
  const [only] = written.right;
  assert.ok(only);
  return altered(asRecorded(only, stream, revision), (body) => {
    body['schema'] = schema;
  });
};

lifting('an event of version 1 is read by a program of version 3, through version 2', async () => {
  const old = await storedAs(versionOne, { type: 'Tagged', data: { tag: 'a' } }, 1);
  const decoded = createCodec(versionThree, sha256).decode(old);
  assert.ok(decoded._tag === 'Event');
  assert.equal(decoded.event.data, { tags: ['a'], note: null });
  assert.is(decoded.event.meta.schema, 1, 'what is stored stays what it is');
});

lifting('version 2 takes its one step, version 3 none', async () => {
  const second = await storedAs(
    { Tagged: clear(t.strict({ tags: t.readonlyArray(t.string) }), 2) },
    { type: 'Tagged', data: { tags: ['a', 'b'] } },
    2,
  );
  const third = await storedAs(versionThree, { type: 'Tagged', data: { tags: ['a'], note: 'n' } }, 3);
  const current = createCodec(versionThree, sha256);
  const datas = [second, third].map((recorded) => {
    const decoded = current.decode(recorded);
    return decoded._tag === 'Event' ? decoded.event.data : decoded._tag;
  });
  assert.equal(datas, [
    { tags: ['a', 'b'], note: null },
    { tags: ['a'], note: 'n' },
  ]);
});

lifting('an older program skips the newer version', async () => {
  const third = await storedAs(versionThree, { type: 'Tagged', data: { tags: [], note: null } }, 3);
  assert.is(createCodec(versionOne, sha256).decode(third)._tag, 'Unknown');
});

lifting('what lifts to something that the newest does not allow is corrupt', async () => {
  const old = await storedAs(versionOne, { type: 'Tagged', data: { tag: 'a' } }, 1);
  const broken = {
    Tagged: { ...versionThree.Tagged, upcasts: { 1: () => ({}), 2: (data: unknown) => data } },
  };
  assert.is(createCodec(broken, sha256).decode(old)._tag, 'Corrupt');
  const gap = { Tagged: { ...versionThree.Tagged, upcasts: { 2: (data: unknown) => data } } };
  assert.is(createCodec(gap, sha256).decode(old)._tag, 'Corrupt');
});

lifting(
  'an upcaster that throws on what it was not made for makes the event corrupt, not the program',
  async () => {
    const old = altered(await storedAs(versionOne, { type: 'Tagged', data: { tag: 'a' } }, 1), (body) => {
      body['data'] = null;
    });
    const strict = {
      Tagged: {
        ...versionThree.Tagged,
        upcasts: {
          1: (data: unknown) => ({ tags: [(data as { tag: string }).tag] }),
          2: (data: unknown) => data,
        },
      },
    };
    assert.is(createCodec(strict, sha256).decode(old)._tag, 'Corrupt');
  },
);

lifting('a sealed part is carried through as it is', async () => {
  const before = { Noted: withSealed(t.strict({}), t.strict({ note: t.string })) };
  const after = {
    Noted: withSealed(t.strict({ kind: t.string }), t.strict({ note: t.string }), 2, {
      1: () => ({ kind: 'old' }),
    }),
  };
  const event = { type: 'Noted', data: {}, personal: { note: 'n' }, subject: people.lin };
  const decoded = createCodec(after, sha256).decode(await storedAs(before, event, 1));
  assert.ok(decoded._tag === 'Event');
  assert.equal(decoded.event.data, { kind: 'old' });
  assert.is(decoded.event.sealed.subject, people.lin);
});

lifting('each type of the register can lift every version that it ever had', () => {
  for (const [type, { schema, upcasts }] of Object.entries(registerEvents)) {
    for (let version = 1; version < schema; version++) {
      assert.type(upcasts[version], 'function', `${type} lacks the step from ${version}`);
    }
  }
});

lifting.run();
