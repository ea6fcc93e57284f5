import type { Crl, CrlQuery } from '@mandate/certificates';
import { type CrlSpec, makeCrl } from '@mandate/certificates/test-pki';
import * as E from 'fp-ts/lib/Either.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type HttpCrlOptions, type HttpCrlSource, httpCrlSource, type Trouble } from '../../src/index.js';
import {
  endless,
  octets,
  octetsWithTag,
  redirect,
  reset,
  silence,
  startWebServer,
  status,
  type WebServer,
} from '../../src/testing/index.js';
import { codeOf, type HandClock, handClock, right, thisMachine, until } from '../support.js';
import { makeWorld, type World } from './lists.js';

let world: World;
let web: WebServer;

interface Desk {
  readonly clock: HandClock;
  readonly source: HttpCrlSource;
  readonly troubles: Trouble[];
  readonly ask: (
    uris: ReadonlyArray<string>,
    rest?: Partial<CrlQuery>,
  ) => Promise<E.Either<{ code: string; detail: string }, ReadonlyArray<Crl>>>;
}

let paths = 0;
/** A path that no other test has. */
const newPath = (): string => {
  paths += 1;
  return `/list-${paths}.crl`;
};

const desk = (options: Partial<HttpCrlOptions> = {}): Desk => {
  const clock = handClock();
  const troubles: Trouble[] = [];
  const source = httpCrlSource({
    clock,
    trust: world.trust,
    allowAddresses: thisMachine,
    onTrouble: (trouble) => troubles.push(trouble),
    ...options,
  });
  return {
    clock,
    source,
    troubles,
    ask: (uris, rest = {}) =>
      source.find({ issuer: world.moica.issuer, uris, at: new Date(clock.now()), ...rest })(),
  };
};

const withDesk = async (
  run: (one: Desk) => Promise<void>,
  options: Partial<HttpCrlOptions> = {},
): Promise<void> => {
  const one = desk(options);
  try {
    await run(one);
  } finally {
    await one.source.close();
  }
};

const publish = async (path: string, spec: Partial<CrlSpec> = {}, by = world.moica): Promise<Uint8Array> => {
  const der = await by.list(spec);
  web.serve(path, octets(der));
  return der;
};

const numbers = (answer: E.Either<unknown, ReadonlyArray<Crl>>): ReadonlyArray<string | undefined> =>
  right(answer).map(({ crlNumber }) => crlNumber);

const day = 86_400_000;

const lists = suite('revocation lists over HTTP');

lists.before(async () => {
  world = await makeWorld();
  web = await startWebServer();
});

lists.after(async () => {
  await web.close();
});

// -------------------------------------------------------------------------------------
// fetched once
// -------------------------------------------------------------------------------------

lists('a list is fetched, read, and given with its octets', async () => {
  const path = newPath();
  const der = await publish(path);
  await withDesk(async ({ ask }) => {
    const [crl] = right(await ask([web.uri(path)]));
    assert.equal([...(crl?.der ?? [])], [...der]);
  });
});

lists('it is fetched once while it holds, and the record stays the same', async () => {
  const path = newPath();
  await publish(path);
  await withDesk(async ({ ask, clock }) => {
    const first = right(await ask([web.uri(path)]));
    clock.advance(1000);
    const second = right(await ask([web.uri(path)]));
    assert.ok(first[0] === second[0]);
    assert.is(web.seen(path).length, 1);
  });
});

lists('all who ask at one time share one download', async () => {
  const path = newPath();
  await publish(path);
  await withDesk(async ({ ask }) => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => ask([web.uri(path)])));
    for (const answer of answers) assert.is(right(answer).length, 1);
    assert.is(web.seen(path).length, 1);
  });
});

lists('all who ask at one time share one fault', async () => {
  const path = newPath();
  web.serve(path, status(500));
  await withDesk(async ({ ask }) => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => ask([web.uri(path)])));
    for (const answer of answers) assert.is(codeOf(answer), 'ANSWER_REFUSED');
    assert.is(web.seen(path).length, 1);
  });
});

lists('without an address, what is kept of the issuer is given, and nothing is asked', async () => {
  const [one, other] = [newPath(), newPath()];
  await publish(one, { number: 1 });
  await publish(other, { number: 2 });
  await withDesk(async ({ ask }) => {
    assert.is(codeOf(await ask([])), 'UNREACHABLE');
    await ask([web.uri(one)]);
    await ask([web.uri(other)]);
    assert.equal(numbers(await ask([])), ['1', '2']);
    assert.is(codeOf(await ask([], { issuer: world.root.issuer })), 'UNREACHABLE');
  });
});

// -------------------------------------------------------------------------------------
// outdated
// -------------------------------------------------------------------------------------

lists('RFC 5280 5.1.2.5: at its nextUpdate a list is fetched anew', async () => {
  const path = newPath();
  await publish(path);
  await withDesk(async ({ ask, clock }) => {
    await ask([web.uri(path)]);
    await publish(path, {
      number: 2,
      thisUpdate: new Date('2026-03-07T00:00:00Z'),
      nextUpdate: new Date('2026-03-15T00:00:00Z'),
    });
    clock.set('2026-03-08T00:00:00Z');
    assert.equal(numbers(await ask([web.uri(path)])), ['2']);
  });
});

lists('an outdated list is never given, whatever its address answers now', async () => {
  for (const reply of [status(404), reset(), redirect('/'), octets(new Uint8Array(0)), silence]) {
    const path = newPath();
    await publish(path);
    await withDesk(
      async ({ ask, clock }) => {
        right(await ask([web.uri(path)]));
        web.serve(path, reply);
        clock.set('2026-03-08T00:00:00Z');
        assert.ok(E.isLeft(await ask([web.uri(path)])));
        assert.is(codeOf(await ask([])), 'UNREACHABLE');
      },
      { deadlineMilliseconds: 2000 },
    );
  }
});

lists('what holds now and not at the time of the question is asked for anew', async () => {
  const path = newPath();
  await publish(path);
  await withDesk(async ({ ask }) => {
    await ask([web.uri(path)]);
    web.serve(path, status(503));
    const later = { at: new Date('2026-03-09T00:00:00Z') };
    assert.is(codeOf(await ask([web.uri(path)], later)), 'ANSWER_REFUSED');
    right(await ask([web.uri(path)]));
  });
});

lists(
  'an outdated list that a CA still publishes is brought to be judged, and kept for a moment only',
  async () => {
    const path = newPath();
    await publish(path, { nextUpdate: new Date('2026-03-01T12:00:00Z') });
    await withDesk(async ({ ask, clock }) => {
      right(await ask([web.uri(path)]));
      right(await ask([web.uri(path)]));
      assert.is(web.seen(path).length, 1);
      clock.advance(30_000);
      await publish(path, { number: 2 });
      assert.equal(numbers(await ask([web.uri(path)])), ['2']);
    });
  },
);

lists('what is kept for a moment is kept no longer because a clock was put back', async () => {
  const path = newPath();
  await publish(path, {}, world.forger);
  await withDesk(async ({ ask, clock }) => {
    right(await ask([web.uri(path)]));
    await publish(path, { number: 2 });
    clock.set('2026-03-01T12:00:00Z');
    assert.equal(numbers(await ask([web.uri(path)])), ['2']);
  });
});

lists('a list of tomorrow is brought to be judged, and kept for a moment only', async () => {
  const path = newPath();
  await publish(path, { number: 9, thisUpdate: new Date('2026-03-03T00:00:00Z') });
  await withDesk(async ({ ask, clock }) => {
    right(await ask([web.uri(path)]));
    clock.advance(30_000);
    right(await ask([web.uri(path)]));
    assert.is(web.seen(path).length, 2);
  });
});

lists('after a clock was put back, a list that is held is asked for again', async () => {
  const path = newPath();
  await publish(path);
  await withDesk(async ({ ask, clock }) => {
    await ask([web.uri(path)]);
    clock.advance(-3_600_000);
    right(await ask([web.uri(path)]));
    await until(() => web.seen(path).length === 2);
  });
});

lists('a list in one CA’s name that another known CA has signed is not kept for long', async () => {
  const path = newPath();
  const { name } = world.pki.authority('MOICA G3');
  await publish(path, { issuer: name, nextUpdate: new Date('2049-01-01T00:00:00Z') }, world.root);
  await withDesk(async ({ ask, clock }) => {
    right(await ask([web.uri(path)]));
    await publish(path, { number: 2 });
    clock.advance(30_000);
    assert.equal(numbers(await ask([web.uri(path)])), ['2']);
  });
});

lists('RFC 5280 5.2.3: numbers of two partitions are not in one order', async () => {
  const path = newPath();
  const partition = (n: number) => ({ issuingPoint: { uris: [`http://crl.invalid/${n}`] } });
  await publish(path, { number: 9, nextUpdate: new Date('2026-03-03T00:00:00Z'), ...partition(1) });
  await withDesk(async ({ ask, clock }) => {
    right(await ask([web.uri(path)]));
    await publish(path, { number: 2, ...partition(2) });
    clock.set('2026-03-04T00:00:00Z');
    assert.equal(numbers(await ask([web.uri(path)])), ['2']);
  });
});

lists('a list without nextUpdate is kept for a moment only', async () => {
  const path = newPath();
  const { key, name } = world.pki.authority('MOICA G3');
  web.serve(path, octets(await makeCrl({ issuer: name, signer: key, thisUpdate: new Date('2026-03-01') })));
  await withDesk(async ({ ask, clock }) => {
    right(await ask([web.uri(path)]));
    clock.advance(30_000);
    right(await ask([web.uri(path)]));
    assert.is(web.seen(path).length, 2);
  });
});

lists('after an hour a list that still holds is asked for beside what is under way', async () => {
  const path = newPath();
  await publish(path);
  await withDesk(async ({ ask, clock }) => {
    await ask([web.uri(path)]);
    await publish(path, { number: 2, thisUpdate: new Date('2026-03-02T03:00:00Z') });
    clock.advance(3_600_000);
    assert.equal(numbers(await ask([web.uri(path)])), ['1']);
    await until(async () => numbers(await ask([web.uri(path)]))[0] === '2');
    assert.is(web.seen(path).length, 2);
  });
});

lists('a refresh that fails prolongs nothing, is told, and is not tried with each question', async () => {
  const path = newPath();
  await publish(path);
  await withDesk(async ({ ask, clock, troubles }) => {
    await ask([web.uri(path)]);
    web.serve(path, status(503));
    clock.advance(3_600_000);
    right(await ask([web.uri(path)]));
    await until(() => troubles.length > 0);
    for (let i = 0; i < 5; i += 1) right(await ask([web.uri(path)]));
    assert.is(web.seen(path).length, 2);
    assert.is(troubles[0]?.kind, 'refresh');
    clock.set('2026-03-08T00:00:00Z');
    assert.is(codeOf(await ask([web.uri(path)])), 'ANSWER_REFUSED');
  });
});

lists('RFC 9110 13: a refresh asks whether there is anything new', async () => {
  const path = newPath();
  const der = await world.moica.list();
  web.serve(path, octetsWithTag(der, '"v1"'));
  await withDesk(async ({ ask, clock }) => {
    const [first] = right(await ask([web.uri(path)]));
    clock.advance(3_600_000);
    await ask([web.uri(path)]);
    await until(() => web.seen(path).length === 2);
    assert.is(web.seen(path)[1]?.headers['if-none-match'], '"v1"');
    clock.advance(1000);
    const [second] = right(await ask([web.uri(path)]));
    assert.ok(first === second);
    clock.set('2026-03-08T00:00:00Z');
    // Not modified, and outdated all the same: the judge will say so.
    const [third] = right(await ask([web.uri(path)]));
    assert.ok(third === first);
  });
});

// -------------------------------------------------------------------------------------
// what does not replace a better one
// -------------------------------------------------------------------------------------

lists('a list that is older by its number does not replace the newer one', async () => {
  const path = newPath();
  await publish(path, { number: 256 });
  await withDesk(async ({ ask, clock, troubles }) => {
    await ask([web.uri(path)]);
    await publish(path, { number: 255, thisUpdate: new Date('2026-03-02T02:30:00Z') });
    clock.advance(3_600_000);
    await ask([web.uri(path)]);
    await until(() => troubles.length > 0);
    assert.match(troubles[0]?.detail ?? '', 'older');
    assert.equal(numbers(await ask([web.uri(path)])), ['100']);
  });
});

lists('an older list is not given either when the newer one is outdated', async () => {
  const path = newPath();
  await publish(path, { number: 9, nextUpdate: new Date('2026-03-03T00:00:00Z') });
  await withDesk(async ({ ask, clock }) => {
    await ask([web.uri(path)]);
    await publish(path, { number: 8, thisUpdate: new Date('2026-02-28T00:00:00Z') });
    clock.set('2026-03-04T00:00:00Z');
    const answer = await ask([web.uri(path)]);
    assert.is(codeOf(answer), 'ANSWER_REFUSED');
    assert.is(codeOf(await ask([])), 'UNREACHABLE');
  });
});

lists('a list that is older by its time does not replace the newer one', async () => {
  const path = newPath();
  await publish(path, { number: 5 });
  await withDesk(async ({ ask, clock, troubles }) => {
    await ask([web.uri(path)]);
    await publish(path, { number: 5, thisUpdate: new Date('2026-02-01T00:00:00Z') });
    clock.advance(3_600_000);
    await ask([web.uri(path)]);
    await until(() => troubles.length > 0);
    assert.match(troubles[0]?.detail ?? '', 'older');
  });
});

lists('a list of another scope at the address does not make the older ones forgotten', async () => {
  const path = newPath();
  await publish(path, { number: 5 });
  await withDesk(async ({ ask, clock, troubles }) => {
    await ask([web.uri(path)]);
    await publish(path, { number: 6, baseNumber: 5, thisUpdate: new Date('2026-03-02T00:00:00Z') });
    clock.advance(3_600_000);
    await until(async () => numbers(await ask([web.uri(path)]))[0] === '6');
    await publish(path, { number: 4, thisUpdate: new Date('2026-02-28T00:00:00Z') });
    clock.advance(3_600_000);
    await ask([web.uri(path)]);
    await until(() => troubles.length > 0);
    assert.match(troubles[0]?.detail ?? '', 'older');
    assert.equal(numbers(await ask([web.uri(path)])), ['6']);
  });
});

lists('what does not decode does not replace what does', async () => {
  for (const body of [
    new Uint8Array(0),
    Uint8Array.of(0x30, 0x80, 0, 0),
    Buffer.from('<html></html>'),
    new Uint8Array(5000),
  ]) {
    const path = newPath();
    await publish(path);
    await withDesk(async ({ ask, clock, troubles }) => {
      await ask([web.uri(path)]);
      web.serve(path, octets(body));
      clock.advance(3_600_000);
      await ask([web.uri(path)]);
      await until(() => troubles.length > 0);
      assert.equal(numbers(await ask([web.uri(path)])), ['1']);
    });
  }
});

lists('a forged list does not replace a true one, however new it says it is', async () => {
  const path = newPath();
  await publish(path);
  await withDesk(async ({ ask, clock, source }) => {
    await ask([web.uri(path)]);
    await publish(path, { number: 99, thisUpdate: new Date('2026-03-02T00:00:00Z') }, world.forger);
    clock.advance(3_600_000);
    await ask([web.uri(path)]);
    await until(() => web.seen(path).length === 2);
    await until(async () => (await web.connections()) === 0);
    await source.close();
    assert.equal(numbers(await ask([web.uri(path)])), ['1']);
  });
});

lists('a forged list that came first is kept for a moment, and keeps no true one out', async () => {
  const path = newPath();
  const forged = await world.forger.list({ number: 99, nextUpdate: new Date('2049-01-01T00:00:00Z') });
  web.serve(path, octetsWithTag(forged, '"same"'));
  await withDesk(async ({ ask, clock }) => {
    assert.equal(numbers(await ask([web.uri(path)])), ['63']);
    web.serve(path, octetsWithTag(await world.moica.list(), '"same"'));
    clock.advance(30_000);
    assert.equal(numbers(await ask([web.uri(path)])), ['1']);
  });
});

lists('a list of another issuer at the address is ANSWER_REFUSED, whoever signed it', async () => {
  const path = newPath();
  await publish(path, {}, world.root);
  await withDesk(async ({ ask }) => {
    assert.is(codeOf(await ask([web.uri(path)])), 'ANSWER_REFUSED');
    right(await ask([web.uri(path)], { issuer: world.root.issuer }));
  });
});

// -------------------------------------------------------------------------------------
// faults
// -------------------------------------------------------------------------------------

lists('every fault has its code', async () => {
  const cases: ReadonlyArray<readonly [string, Parameters<WebServer['serve']>[1]]> = [
    ['ANSWER_REFUSED', status(404)],
    ['ANSWER_REFUSED', status(500)],
    ['MALFORMED', octets(new Uint8Array(0))],
    ['MALFORMED', octets(Buffer.from('<html><body>維護中</body></html>'))],
    ['TOO_LARGE', endless],
    ['REDIRECTED', redirect('http://127.0.0.1/')],
    ['UNREACHABLE', reset()],
    ['TIMEOUT', silence],
  ];
  await withDesk(
    async ({ ask }) => {
      for (const [code, reply] of cases) {
        const path = newPath();
        web.serve(path, reply);
        assert.is(codeOf(await ask([web.uri(path)])), code);
      }
    },
    { maxBytes: 100_000, deadlineMilliseconds: 2000 },
  );
});

lists('half a list is never a list', async () => {
  const der = await world.moica.list();
  await withDesk(async ({ ask }) => {
    for (const length of [1, 10, der.length - 1]) {
      const path = newPath();
      web.serve(path, octets(der.subarray(0, length)));
      assert.is(codeOf(await ask([web.uri(path)])), 'MALFORMED');
    }
  });
});

lists('the addresses of a point are tried in their order, until one has a list', async () => {
  const [bad, good, unasked] = [newPath(), newPath(), newPath()];
  web.serve(bad, status(404));
  await publish(good);
  await publish(unasked);
  await withDesk(async ({ ask }) => {
    const uris = ['ldap://127.0.0.1/cn=crl', web.uri(bad), web.uri(good), web.uri(unasked)];
    right(await ask(uris));
    assert.equal(
      [bad, good, unasked].map((path) => web.seen(path).length),
      [1, 1, 0],
    );
    // What is kept is given before an address that failed is asked again.
    right(await ask(uris));
    assert.equal(
      [bad, good, unasked].map((path) => web.seen(path).length),
      [1, 1, 0],
    );
  });
});

lists(
  'where all addresses fail, the code is the one that says most and the detail tells of all',
  async () => {
    const path = newPath();
    web.serve(path, status(404));
    await withDesk(async ({ ask }) => {
      const answer = await ask(['ldap://127.0.0.1/cn=crl', web.uri(path)]);
      assert.is(codeOf(answer), 'ANSWER_REFUSED');
      if (E.isLeft(answer)) assert.match(answer.left.detail, /404.*ldap|ldap.*404/);
    });
  },
);

lists('a fault is remembered for 30 seconds, and no longer', async () => {
  const path = newPath();
  web.serve(path, status(503));
  await withDesk(async ({ ask, clock }) => {
    await ask([web.uri(path)]);
    await publish(path);
    clock.advance(29_999);
    assert.is(codeOf(await ask([web.uri(path)])), 'ANSWER_REFUSED');
    assert.is(web.seen(path).length, 1);
    clock.advance(1);
    right(await ask([web.uri(path)]));
  });
});

lists('a clock that is put back does not make an outage longer', async () => {
  const path = newPath();
  web.serve(path, status(503));
  await withDesk(async ({ ask, clock }) => {
    await ask([web.uri(path)]);
    await publish(path, { thisUpdate: new Date('2026-02-01T00:00:00Z') });
    clock.advance(-day);
    right(await ask([web.uri(path)]));
  });
});

lists('a private address is refused unless it is configured', async () => {
  const path = newPath();
  await publish(path);
  await withDesk(
    async ({ ask }) => {
      assert.is(codeOf(await ask([web.uri(path)])), 'ADDRESS_REFUSED');
      assert.is(web.seen(path).length, 0);
    },
    { allowAddresses: [] },
  );
});

lists('a time that is none, and a listener that throws, hurt nobody', async () => {
  const path = newPath();
  await publish(path);
  await withDesk(
    async ({ ask, clock }) => {
      right(await ask([web.uri(path)], { at: new Date(Number.NaN) }));
      web.serve(path, status(503));
      clock.advance(3_600_000);
      right(await ask([web.uri(path)]));
      await until(() => web.seen(path).length === 2);
    },
    {
      onTrouble: () => {
        throw new Error('not ours');
      },
    },
  );
});

// -------------------------------------------------------------------------------------
// bounds
// -------------------------------------------------------------------------------------

lists('as many lists are kept as configured; the one that was not asked for the longest goes', async () => {
  const [a, b, c] = [newPath(), newPath(), newPath()];
  for (const path of [a, b, c]) await publish(path);
  await withDesk(
    async ({ ask }) => {
      await ask([web.uri(a)]);
      await ask([web.uri(b)]);
      await ask([web.uri(a)]);
      await ask([web.uri(c)]);
      await ask([web.uri(a)]);
      await ask([web.uri(b)]);
      assert.equal(
        [a, b, c].map((path) => web.seen(path).length),
        [1, 2, 1],
      );
    },
    { maxKept: 2 },
  );
});

lists('a list that took the place of another one counts once', async () => {
  const [often, once] = [newPath(), newPath()];
  const options = { clock: handClock(), trust: world.trust, allowAddresses: thisMachine };
  const measure = httpCrlSource(options);
  await publish(once);
  const query = { issuer: world.moica.issuer, at: new Date(options.clock.now()) };
  const [list] = right(await measure.find({ ...query, uris: [web.uri(once)] })());
  await measure.close();
  const room = ((list?.der.length ?? 0) + (list?.indexBytes ?? 0)) * 4;
  await withDesk(
    async ({ ask, clock }) => {
      await ask([web.uri(once)]);
      for (let number = 1; number <= 6; number += 1) {
        await publish(often, { number, nextUpdate: new Date(clock.now() + 1000) });
        right(await ask([web.uri(often)]));
        clock.advance(1000);
      }
      await ask([web.uri(once)]);
      assert.is(web.seen(once).length, 2);
    },
    { maxKeptBytes: room },
  );
});

lists('as many octets are kept as configured, and the last list whatever it has', async () => {
  const [a, b] = [newPath(), newPath()];
  for (const path of [a, b]) await publish(path);
  await withDesk(
    async ({ ask }) => {
      for (const path of [a, a, b, b, a]) await ask([web.uri(path)]);
      assert.equal(
        [a, b].map((path) => web.seen(path).length),
        [2, 1],
      );
    },
    { maxKeptBytes: 10 },
  );
});

lists('close ends a download, and later questions are faults', async () => {
  const path = newPath();
  web.serve(path, silence);
  const { ask, source } = desk();
  const waiting = ask([web.uri(path)]);
  await until(() => web.seen(path).length === 1);
  await source.close();
  assert.is(codeOf(await waiting), 'UNREACHABLE');
  assert.is(codeOf(await ask([web.uri(newPath())])), 'UNREACHABLE');
  await until(async () => (await web.connections()) === 0);
});

lists('a week of questions asks as often as a list is refreshed', async () => {
  const path = newPath();
  await publish(path, { nextUpdate: new Date('2026-04-01T00:00:00Z') });
  await withDesk(
    async ({ ask, clock }) => {
      for (let hour = 0; hour < 24 * 7; hour += 1) {
        right(await ask([web.uri(path)]));
        clock.advance(3_600_000);
      }
      assert.ok(web.seen(path).length <= 8, String(web.seen(path).length));
    },
    { refreshMilliseconds: day },
  );
});

lists.run();
