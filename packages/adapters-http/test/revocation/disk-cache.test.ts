import { execFile } from 'node:child_process';
import {
  chmod,
  mkdir,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type HttpCrlOptions, type HttpCrlSource, httpCrlSource, type Trouble } from '../../src/index.js';
import { diskCache } from '../../src/revocation/disk-cache.js';
import { octets, startWebServer, status, type WebServer } from '../../src/testing/index.js';
import { inFolder } from '../folder.js';
import { codeOf, type HandClock, handClock, right, thisMachine, until } from '../support.js';
import { makeWorld, type World } from './lists.js';

let world: World;
let web: WebServer;
let uri: string;

const cache = suite('lists that outlive a restart');

cache.before(async () => {
  world = await makeWorld();
});

cache.before.each(async () => {
  web = await startWebServer();
  uri = web.uri('/list.crl');
  web.serve('/list.crl', octets(await world.moica.list({ number: 5 })));
});

cache.after.each(async () => {
  await web.close();
});

interface Life {
  readonly clock: HandClock;
  readonly troubles: Trouble[];
  readonly source: HttpCrlSource;
  readonly ask: () => ReturnType<ReturnType<HttpCrlSource['find']>>;
}

/** One life of a process on a cache folder. */
const life = async (
  cacheFolder: string,
  run: (one: Life) => Promise<void>,
  options: Partial<HttpCrlOptions> = {},
): Promise<void> => {
  const clock = handClock();
  const troubles: Trouble[] = [];
  const onTrouble = (trouble: Trouble): void => void troubles.push(trouble);
  const net = { allowAddresses: thisMachine };
  const source = httpCrlSource({ clock, trust: world.trust, cacheFolder, onTrouble, ...net, ...options });
  const ask = () => source.find({ issuer: world.moica.issuer, uris: [uri], at: new Date(clock.now()) })();
  await run({ clock, troubles, source, ask });
  await source.close();
};

const fetched = (): number => web.seen('/list.crl').length;

const fileIn = async (folder: string): Promise<string> => {
  const [name, ...others] = await readdir(folder);
  assert.ok(name !== undefined && others.length === 0, 'one file');
  return join(folder, name ?? '');
};

cache('after a restart the first question is answered from disk', () =>
  inFolder(async (folder) => {
    await life(folder, async ({ ask }) => void right(await ask()));
    web.serve('/list.crl', status(503));
    const before = fetched();
    await life(folder, async ({ ask, troubles }) => {
      assert.is(right(await ask())[0]?.crlNumber, '5');
      assert.is(fetched(), before);
      assert.equal(troubles, []);
    });
  }),
);

cache('files are readable by their owner alone, and no half-written one is left', () =>
  inFolder(async (folder) => {
    const home = join(folder, 'lists');
    await life(home, async ({ ask }) => void right(await ask()));
    const file = await fileIn(home);
    assert.match(file, /\/[0-9a-f]{64}\.crl$/);
    assert.is((await stat(file)).mode & 0o777, 0o600);
    assert.is((await stat(home)).mode & 0o777, 0o700);
  }),
);

cache('an outdated file is not answered with', () =>
  inFolder(async (folder) => {
    await life(folder, async ({ ask }) => void right(await ask()));
    web.serve('/list.crl', status(503));
    await life(folder, async ({ ask, clock }) => {
      clock.set('2026-03-08T00:00:00Z');
      assert.is(codeOf(await ask()), 'ANSWER_REFUSED');
    });
  }),
);

cache('an outdated file still tells which lists are older', () =>
  inFolder(async (folder) => {
    await life(folder, async ({ ask }) => void right(await ask()));
    const older = { number: 4, nextUpdate: new Date('2027-01-01T00:00:00Z') };
    web.serve('/list.crl', octets(await world.moica.list(older)));
    await life(folder, async ({ ask, clock }) => {
      clock.set('2026-03-08T00:00:00Z');
      const answer = await ask();
      assert.is(codeOf(answer), 'ANSWER_REFUSED');
    });
  }),
);

cache('a damaged file is told, fetched anew and mended', () =>
  inFolder(async (folder) => {
    await life(folder, async ({ ask }) => void right(await ask()));
    const file = await fileIn(folder);
    const whole = await readFile(file);
    const damages: ReadonlyArray<() => Promise<void>> = [
      () => truncate(file, 100),
      () => truncate(file, 0),
      () => writeFile(file, 'not a list'),
      () =>
        writeFile(file, Buffer.concat([whole.subarray(0, 200), Buffer.from([0x55]), whole.subarray(201)])),
    ];
    for (const damage of damages) {
      await damage();
      const before = fetched();
      await life(folder, async ({ ask, troubles }) => {
        right(await ask());
        assert.is(troubles[0]?.kind, 'cache');
      });
      assert.is(fetched(), before + 1);
      assert.ok(whole.equals(await readFile(file)));
    }
  }),
);

cache('a file that somebody forged is not believed', () =>
  inFolder(async (folder) => {
    await life(folder, async ({ ask }) => void right(await ask()));
    const forged = await world.forger.list({ number: 99, nextUpdate: new Date('2049-01-01T00:00:00Z') });
    await writeFile(await fileIn(folder), forged);
    await life(folder, async ({ ask, troubles }) => {
      assert.is(right(await ask())[0]?.crlNumber, '5');
      assert.is(troubles[0]?.kind, 'cache');
    });
  }),
);

cache('a forged list that came over the wire is not written', () =>
  inFolder(async (folder) => {
    web.serve('/list.crl', octets(await world.forger.list()));
    await life(folder, async ({ ask }) => void right(await ask()));
    assert.equal(await readdir(folder), []);
  }),
);

cache('a file beyond the limit, a pipe and a folder in its place are told and not read', () =>
  inFolder(async (folder) => {
    await life(folder, async ({ ask }) => void right(await ask()));
    const file = await fileIn(folder);
    await truncate(file, 2_000_000);
    await life(
      folder,
      async ({ ask, troubles }) => {
        right(await ask());
        assert.match(troubles[0]?.detail ?? '', 'EFBIG');
      },
      { maxBytes: 100_000 },
    );
    for (const make of [() => promisify(execFile)('mkfifo', [file]), () => mkdir(file)]) {
      await rm(file);
      await make();
      await life(folder, async ({ ask, source, troubles }) => {
        right(await ask());
        await source.close();
        assert.match(troubles[0]?.detail ?? '', 'EFTYPE');
      });
    }
  }),
);

cache('a newer list takes the place of the file', () =>
  inFolder(async (folder) => {
    await life(folder, async ({ ask }) => void right(await ask()));
    web.serve('/list.crl', octets(await world.moica.list({ number: 6, nextUpdate: new Date('2026-03-20') })));
    await life(folder, async ({ ask, clock }) => {
      clock.set('2026-03-10T00:00:00Z');
      assert.is(right(await ask())[0]?.crlNumber, '6');
    });
    web.serve('/list.crl', status(503));
    await life(folder, async ({ ask, clock }) => {
      clock.set('2026-03-10T00:00:00Z');
      assert.is(right(await ask())[0]?.crlNumber, '6');
    });
  }),
);

cache('a full disk costs the cache and nobody’s log-in', () =>
  inFolder(async (folder) => {
    const troubles: Trouble[] = [];
    const full = diskCache({
      folder,
      maxBytes: 1000,
      maxFiles: 10,
      onTrouble: (trouble) => troubles.push(trouble),
      writeFile: async (path, content) => {
        await writeFile(path, content.subarray(0, 1));
        throw Object.assign(new Error('full'), { code: 'ENOSPC' });
      },
    });
    await full.write('key', Uint8Array.of(1, 2, 3));
    assert.equal(troubles, [{ kind: 'cache', detail: 'keeping a list: ENOSPC' }]);
    assert.is(await full.read('key'), undefined);
    assert.equal(await readdir(folder), []);
  }),
);

cache('a device that is full (/dev/full) is told by its code', () =>
  inFolder(async (folder) => {
    const troubles: Trouble[] = [];
    const full = diskCache({
      folder,
      maxBytes: 1000,
      maxFiles: 10,
      onTrouble: (trouble) => troubles.push(trouble),
      writeFile: async (path, content) => {
        await symlink('/dev/full', path);
        await writeFile(path, content);
      },
    });
    await full.write('key', Uint8Array.of(1));
    assert.is(troubles[0]?.detail, 'keeping a list: ENOSPC');
    assert.equal(await readdir(folder), []);
  }),
);

cache('a folder that cannot be made costs the cache and nobody’s log-in', () =>
  inFolder(async (folder) => {
    const file = join(folder, 'file');
    await writeFile(file, '');
    await life(join(file, 'below'), async ({ ask, source, troubles }) => {
      right(await ask());
      await source.close();
      assert.ok(troubles.length > 0);
      assert.ok(troubles.every(({ kind }) => kind === 'cache'));
    });
  }),
);

/** What a process of its own told at its end. */
const processOn = async (folder: string, letter: string, rounds: number): Promise<unknown> => {
  const child = fileURLToPath(new URL('cache-process.ts', import.meta.url));
  const node = ['--conditions=mandate-source', '--import', 'tsx', child, folder, letter, String(rounds)];
  return JSON.parse((await promisify(execFile)(process.execPath, node)).stdout);
};

cache('processes that share a folder find whole lists, and nothing to tell', () =>
  inFolder(async (folder) => {
    const rounds = 40;
    const told = await Promise.all(['a', 'b', 'c'].map((letter) => processOn(folder, letter, rounds)));
    for (const one of told) assert.equal(one, { read: 2 * rounds, faults: [] });
    const left = await readdir(folder);
    assert.is(left.length, 2);
    assert.ok(left.every((name) => /^[0-9a-f]{64}\.crl$/.test(name)));
  }),
);

cache('what one process has fetched, another one that shares the folder need not fetch', () =>
  inFolder((folder) =>
    life(folder, async (first) => {
      await life(folder, async (second) => {
        right(await first.ask());
        await until(async () => (await readdir(folder)).some((name) => name.endsWith('.crl')));
        const before = fetched();
        assert.is(right(await second.ask())[0]?.crlNumber, '5');
        assert.is(fetched(), before);
        assert.equal([...first.troubles, ...second.troubles], []);
      });
    }),
  ),
);

cache('no more files are left than configured twice over, however many lists come', () =>
  inFolder(async (folder) => {
    const one = diskCache({ folder, maxBytes: 10, maxFiles: 3, onTrouble: () => {} });
    for (let n = 0; n < 20; n += 1) await one.write(`list ${n}`, Uint8Array.of(n));
    assert.ok((await readdir(folder)).length <= 6);
    assert.equal([...((await one.read('list 19'))?.der ?? [])], [19]);
  }),
);

cache('a folder that was there keeps its mode, and that others may write it is told', () =>
  inFolder(async (folder) => {
    for (const [mode, told] of [
      [0o755, 0],
      [0o777, 1],
      [0o1777, 1],
      [0o770, 1],
    ] as const) {
      await chmod(folder, mode);
      const troubles: Trouble[] = [];
      const one = diskCache({ folder, maxBytes: 10, maxFiles: 3, onTrouble: (t) => troubles.push(t) });
      await one.write('list', Uint8Array.of(1));
      assert.equal([(await stat(folder)).mode & 0o7777, troubles.length], [mode, told]);
      assert.is((await stat(await fileIn(folder))).mode & 0o777, 0o600);
    }
    await chmod(folder, 0o700);
  }),
);

cache('what others were writing and what is too much goes; what is not ours stays', () =>
  inFolder(async (folder) => {
    const name = (digit: string): string => `${digit.repeat(64)}.crl`;
    const half = `${name('a')}.00000000-0000-4000-8000-000000000000.new`;
    for (const [file, hoursAgo] of [
      [name('1'), 3],
      [name('2'), 2],
      [name('3'), 1],
      [half, 2],
      [half.replace('a', 'b'), 0],
      ['notes.txt', 9],
      ['other.crl', 9],
    ] as const) {
      const at = new Date(Date.now() - hoursAgo * 3_600_000);
      await writeFile(join(folder, file), 'x');
      await utimes(join(folder, file), at, at);
    }
    const one = diskCache({ folder, maxBytes: 10, maxFiles: 2, onTrouble: () => {} });
    await one.read('key');
    assert.equal(
      (await readdir(folder)).sort(),
      [name('2'), name('3'), half.replace('a', 'b'), 'notes.txt', 'other.crl'].sort(),
    );
    await chmod(folder, 0o700);
  }),
);

cache.run();
