import { execFileSync } from 'node:child_process';
import { mkdir, rename, rm, symlink, truncate, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Crl, CrlSource, Name } from '@mandate/certificates';
import * as E from 'fp-ts/lib/Either.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type FolderCrlOptions, folderCrlSource, type Trouble } from '../../src/index.js';
import { inFolder } from '../folder.js';
import { codeOf, type HandClock, handClock, right } from '../support.js';
import { makeWorld, type World } from './lists.js';

let world: World;

interface Desk {
  readonly clock: HandClock;
  readonly troubles: Trouble[];
  readonly source: CrlSource;
  readonly ask: (issuer?: Name) => Promise<E.Either<{ code: string; detail: string }, ReadonlyArray<Crl>>>;
  /** The numbers of what is found, a second later. */
  readonly numbers: () => Promise<ReadonlyArray<string | undefined>>;
  readonly put: (name: string, content: Uint8Array | string) => Promise<void>;
}

const withDesk = (
  run: (one: Desk, folder: string) => Promise<void>,
  options: Partial<FolderCrlOptions> = {},
) =>
  inFolder(async (folder) => {
    const clock = handClock();
    const troubles: Trouble[] = [];
    const onTrouble = (trouble: Trouble): void => void troubles.push(trouble);
    const source = folderCrlSource({ folder, clock, onTrouble, ...options });
    const ask: Desk['ask'] = (issuer = world.moica.issuer) =>
      source.find({ issuer, uris: ['http://crl.invalid/'], at: new Date(clock.now()) })();
    await run(
      {
        clock,
        troubles,
        source,
        ask,
        numbers: async () => {
          clock.advance(1000);
          const found = await ask();
          return E.isLeft(found) ? [] : found.right.map(({ crlNumber }) => crlNumber);
        },
        put: (name, content) => writeFile(join(folder, name), content),
      },
      folder,
    );
  });

const pem = (der: Uint8Array): string => {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `Issuer: somebody\n-----BEGIN X509 CRL-----\n${lines.join('\n')}\n-----END X509 CRL-----\n`;
};

const files = suite('revocation lists from a folder');

files.before(async () => {
  world = await makeWorld();
});

files('a file that was written over is read again, also of the same size and with the same time', () =>
  withDesk(async ({ numbers, put }, folder) => {
    const then = new Date('2026-03-01T00:00:00Z');
    const write = async (number: number): Promise<void> => {
      await put('list.crl', await world.moica.list({ number }));
      await utimes(join(folder, 'list.crl'), then, then);
    };
    await write(1);
    assert.equal(await numbers(), ['1']);
    await write(2);
    assert.equal(await numbers(), ['2']);
  }),
);

files('every list of the issuer is given, complete, delta or partition; of others, none', () =>
  withDesk(async ({ ask, put, troubles }) => {
    await put('complete.crl', await world.moica.list({ number: 10 }));
    await put('delta.crl', await world.moica.list({ number: 11, baseNumber: 10 }));
    await put('root.CRL', await world.root.list({ number: 12 }));
    await put('readme.txt', 'not looked at');
    assert.equal(
      right(await ask())
        .map(({ crlNumber }) => crlNumber)
        .sort(),
      ['A', 'B'],
    );
    assert.equal(
      right(await ask(world.root.issuer)).map(({ crlNumber }) => crlNumber),
      ['C'],
    );
    assert.equal(troubles, []);
  }),
);

files('RFC 7468 6: PEM is read as DER is', () =>
  withDesk(async ({ ask, put }) => {
    const der = await world.moica.list();
    await put('unix.crl', pem(der));
    await put('windows.crl', pem(der).replaceAll('\n', '\r\n'));
    const found = right(await ask());
    assert.is(found.length, 2);
    for (const crl of found) assert.equal([...crl.der], [...der]);
  }),
);

files('a PEM of several lists, without an end, or with other signs is told and skipped', () =>
  withDesk(async ({ ask, put, troubles }) => {
    const der = await world.moica.list();
    await put('a.crl', pem(der) + pem(der));
    await put('b.crl', pem(der).replace('-----END X509 CRL-----', ''));
    await put('c.crl', pem(der).replace('\nMII', '\n*II'));
    assert.is(codeOf(await ask()), 'UNREACHABLE');
    assert.is(troubles.length, 3);
    for (const { detail } of troubles) assert.match(detail, 'is no PEM of one list');
  }),
);

files('a file is read again when it has changed, and not before', () =>
  withDesk(async ({ ask, clock, put, numbers }) => {
    await put('list.crl', await world.moica.list({ number: 1 }));
    const [first] = right(await ask());
    clock.advance(1000);
    assert.ok(right(await ask())[0] === first);
    await put('list.crl', await world.moica.list({ number: 2, entries: [] }));
    assert.ok(right(await ask())[0] === first, 'looked at once a second');
    assert.equal(await numbers(), ['2']);
  }),
);

files('a file that takes the place of another by its name is seen, and one that was removed is gone', () =>
  withDesk(async ({ numbers, put, ask }, folder) => {
    await put('list.crl', await world.moica.list({ number: 1 }));
    assert.equal(await numbers(), ['1']);
    await put('next', await world.moica.list({ number: 2 }));
    await rename(join(folder, 'next'), join(folder, 'list.crl'));
    assert.equal(await numbers(), ['2']);
    await rm(join(folder, 'list.crl'));
    assert.equal(await numbers(), []);
    assert.is(codeOf(await ask()), 'UNREACHABLE');
  }),
);

files('a half-written file is told once, and the list that it was still speaks', () =>
  withDesk(async ({ numbers, put, troubles }) => {
    const next = await world.moica.list({ number: 2 });
    await put('list.crl', await world.moica.list({ number: 1 }));
    assert.equal(await numbers(), ['1']);
    await put('list.crl', next.subarray(0, 150));
    assert.equal(await numbers(), ['1']);
    assert.equal(await numbers(), ['1']);
    assert.is(troubles.length, 1);
    assert.match(troubles[0]?.detail ?? '', 'list.crl is no list');
    await put('list.crl', next);
    assert.equal(await numbers(), ['2']);
  }),
);

files('a broken file disturbs no other', () =>
  withDesk(async ({ numbers, put, troubles }) => {
    await put('a.crl', '');
    await put('b.crl', 'not a list');
    await put('c.crl', await world.moica.list({ number: 3 }));
    await put('d.crl', new Uint8Array(1000));
    assert.equal(await numbers(), ['3']);
    assert.equal(
      troubles.map(({ kind }) => kind),
      ['file', 'file', 'file'],
    );
  }),
);

files('an outdated list is given to be judged: its code is CRL_STALE', () =>
  withDesk(async ({ numbers, put, clock }) => {
    await put('list.crl', await world.moica.list());
    clock.set('2027-01-01T00:00:00Z');
    assert.equal(await numbers(), ['1']);
  }),
);

files('a file beyond the limit is told and not read', () =>
  withDesk(
    async ({ numbers, put, troubles }, folder) => {
      await put('huge.crl', '');
      await truncate(join(folder, 'huge.crl'), 3_000_000_000);
      await put('small.crl', await world.moica.list());
      assert.equal(await numbers(), ['1']);
      assert.equal(troubles, [{ kind: 'file', detail: 'huge.crl is too large' }]);
    },
    { maxBytes: 100_000 },
  ),
);

files('a link is followed within the folder and not out of it', () =>
  inFolder(async (outside) => {
    await writeFile(join(outside, 'secret.crl'), await world.moica.list({ number: 7 }));
    await withDesk(async ({ numbers, put, troubles }, folder) => {
      await mkdir(join(folder, '..data'));
      await put('..data/real', await world.moica.list({ number: 1 }));
      await symlink('..data/real', join(folder, 'inside.crl'));
      await symlink(join(outside, 'secret.crl'), join(folder, 'outside.crl'));
      await symlink(join(folder, 'nowhere'), join(folder, 'broken.crl'));
      assert.equal(await numbers(), ['1']);
      assert.equal(
        troubles.map(({ detail }) => detail),
        ['broken.crl cannot be read (ENOENT)', 'outside.crl leads out of the folder'],
      );
      await numbers();
      assert.is(troubles.length, 2);
    });
  }),
);

files('a pipe and a folder with the name of a list are told, and nobody waits for them', () =>
  withDesk(async ({ numbers, put, troubles }, folder) => {
    execFileSync('mkfifo', [join(folder, 'pipe.crl')]);
    await mkdir(join(folder, 'folder.crl'));
    await put('list.crl', await world.moica.list());
    assert.equal(await numbers(), ['1']);
    assert.equal(
      troubles.map(({ detail }) => detail),
      ['folder.crl is no file', 'pipe.crl is no file'],
    );
  }),
);

files('a folder that is not there is UNREACHABLE, told once, and looked for again', () =>
  withDesk(async ({ ask, numbers, put, troubles }, folder) => {
    await rm(folder, { recursive: true });
    assert.is(codeOf(await ask()), 'UNREACHABLE');
    assert.equal(await numbers(), []);
    assert.is(troubles.length, 1);
    await mkdir(folder);
    await put('list.crl', await world.moica.list());
    assert.equal(await numbers(), ['1']);
  }),
);

files('more files than configured are not read, and that is told once', () =>
  withDesk(
    async ({ numbers, put, troubles }) => {
      for (const name of ['a', 'b', 'c']) await put(`${name}.crl`, await world.moica.list());
      assert.is((await numbers()).length, 2);
      assert.is((await numbers()).length, 2);
      assert.is(troubles.length, 1);
    },
    { maxFiles: 2 },
  ),
);

files('many who ask at one time share one look', () =>
  withDesk(async ({ ask, put }, folder) => {
    await put('list.crl', await world.moica.list());
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask()));
    const [first] = right(answers[0] ?? E.left('none'));
    for (const answer of answers) assert.ok(right(answer)[0] === first);
    await utimes(join(folder, 'list.crl'), new Date(0), new Date(0));
  }),
);

files.run();
