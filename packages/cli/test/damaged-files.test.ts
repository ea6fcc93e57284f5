// What commands say of a folder whose files are damaged, and that they leave them as they are.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { agencyStream, EvidenceBundle, publicEvidence } from '@mandate/domain';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { mandate, mandateJson } from './support/terminal.js';
import {
  clerk,
  fill,
  filledFolder,
  forget,
  freshDirectory,
  openFolder,
  person,
  putEvidence,
  right,
  secretFile,
} from './support/world.js';

/** All files of a folder with what they hold. */
const held = (folder: string): ReadonlyArray<readonly [string, Buffer]> =>
  readdirSync(folder)
    .sort()
    .map((name) => [name, readFileSync(join(folder, name))]);

const emptied = suite('files that lost everything');

/** A database of one page, on which no table is listed: as SQLite leaves it when all were dropped. */
const withoutTables = (): Buffer => {
  const page = Buffer.alloc(4_096);
  page.write('SQLite format 3\0', 'latin1');
  page.writeUInt16BE(page.length, 16);
  // Versions of the format, fractions, change counter, pages, schema format, UTF-8, and for which change they hold.
  for (const [at, value] of [
    [18, 1],
    [19, 1],
    [21, 64],
    [22, 32],
    [23, 32],
  ] as const)
    page[at] = value;
  for (const [at, value] of [
    [24, 1],
    [28, 1],
    [44, 4],
    [56, 1],
    [92, 1],
  ] as const)
    page.writeUInt32BE(value, at);
  page.writeUInt8(0x0d, 100);
  page.writeUInt16BE(page.length, 105);
  return page;
};

/** Files that SQLite would take for new ones. */
const losses: ReadonlyArray<readonly [string, Buffer]> = [
  ['0 bytes', Buffer.alloc(0)],
  ['no table', withoutTables()],
];

for (const [loss, left] of losses) {
  emptied(`events.db with ${loss} is damage for every command that reads, and stays as it is`, async () => {
    const folder = await filledFolder(1);
    writeFileSync(join(folder, 'events.db'), left);
    const before = held(folder);
    const secret = secretFile();
    const away = freshDirectory();
    const commands = [
      ['verify', '--from', folder],
      ['verify', '--from', folder, '--secret-file', secret],
      ['stats', '--from', folder],
      ['export', '--from', folder, '--to', join(away, 'register.jsonl')],
      ['backup', '--from', folder, '--secret-file', secret, '--to', join(away, 'copy')],
      ['replay', '--from', folder, '--into', join(away, 'models.db')],
      ['reapply', 'forgettings', '--from', folder, '--secret-file', secret],
      ['projections', 'status', '--from', folder, '--models', join(away, 'models.db')],
    ];
    for (const words of commands) {
      const ran = await mandateJson(words);
      assert.equal([ran.exit, ran['code']], [1, 'REGISTER_DAMAGED'], words.join(' '));
      assert.match(String(ran['detail']), /events\.db: .*(file is empty|without any table)/);
      assert.equal(held(folder), before, words.join(' '));
      assert.equal(readdirSync(away), [], words.join(' '));
    }
  });
}

emptied.run();

// -------------------------------------------------------------------------------------
// damage
// -------------------------------------------------------------------------------------

const damaged = suite('damaged files');

const findingsOf = (ran: Readonly<Record<string, unknown>>) =>
  ran['findings'] as ReadonlyArray<{ readonly code: string; readonly detail: string }>;

/** Writes over the pages of a file, but for so many at its beginning. */
const spoil = (file: string, spared: number): void => {
  const bytes = readFileSync(file);
  bytes.fill(0xaa, spared * 4_096);
  writeFileSync(file, bytes);
};

for (const name of ['vault.db', 'evidence.db']) {
  for (const spared of [0, 1, 3]) {
    damaged(
      `verify finds ${name} damaged from page ${spared + 1} on, and reads the events all the same`,
      async () => {
        const folder = await filledFolder(60);
        spoil(join(folder, name), spared);
        const before = held(folder);
        const ran = await mandateJson(['verify', '--from', folder, '--secret-file', secretFile()]);
        assert.is(ran.exit, 1, JSON.stringify(ran));
        assert.equal([ran['events'], ran['streams']], [241, 61]);
        const file = findingsOf(ran).find(({ code }) => code === 'FILE_DAMAGED');
        assert.match(file?.detail ?? '', join(folder, name));
        const codes =
          name === 'vault.db'
            ? ['FILE_DAMAGED', 'KEY_DAMAGED', 'KEY_MISSING']
            : ['FILE_DAMAGED', 'EVIDENCE_DAMAGED', 'EVIDENCE_MISSING'];
        for (const { code } of findingsOf(ran)) assert.ok(codes.includes(code), code);
        assert.equal(held(folder), before);
      },
    );
  }
}

damaged(
  'a damaged vault is damage for every command that needs it, and not a vault that does not answer',
  async () => {
    const folder = await filledFolder(60);
    spoil(join(folder, 'vault.db'), 0);
    const away = freshDirectory();
    const secret = secretFile();
    for (const words of [
      ['replay', '--from', folder, '--into', join(away, 'models.db'), '--secret-file', secret],
      ['backup', '--from', folder, '--to', join(away, 'copy'), '--secret-file', secret],
      ['reapply', 'forgettings', '--from', folder, '--secret-file', secret],
    ]) {
      const ran = await mandateJson(words);
      assert.equal([ran.exit, ran['code']], [1, 'REGISTER_DAMAGED'], words.join(' '));
      assert.match(String(ran['detail']), 'vault.db');
    }
  },
);

damaged('what needs no evidence does not ask whether it is whole', async () => {
  const folder = await filledFolder(1);
  spoil(join(folder, 'evidence.db'), 0);
  const models = join(freshDirectory(), 'models.db');
  assert.is((await mandateJson(['replay', '--from', folder, '--into', models])).exit, 0);
});

damaged.run();

// -------------------------------------------------------------------------------------
// evidence
// -------------------------------------------------------------------------------------

const evidence = suite('evidence that is not what it was');

evidence('without evidence.db all that events name is missing: verify finds it, export says it', async () => {
  const folder = await filledFolder(2);
  rmSync(join(folder, 'evidence.db'));
  const before = held(folder);
  for (const more of [[], ['--secret-file', secretFile()]]) {
    const ran = await mandateJson(['verify', '--from', folder, ...more]);
    assert.equal([ran.exit, ran['counts']], [1, { EVIDENCE_MISSING: 2 }]);
  }
  const file = join(freshDirectory(), 'register.jsonl');
  const told = await mandateJson(['export', '--from', folder, '--to', file]);
  assert.equal([told.exit, told['ok'], told['evidence'], told['missing']], [1, false, 0, 2]);
  const piped = await mandate(['export', '--from', folder]);
  assert.is(piped.exit, 1);
  assert.match(piped.err, '2 pieces of evidence that events name are not there');
  const leftOut = await mandateJson(['export', '--from', folder, '--without-evidence', '--to', `${file}.2`]);
  assert.equal([leftOut.exit, leftOut['missing']], [0, 0]);
  assert.equal(held(folder), before);
});

evidence('a register that names none needs no evidence.db', async () => {
  const folder = await filledFolder(0);
  rmSync(join(folder, 'evidence.db'));
  assert.is((await mandateJson(['verify', '--from', folder])).exit, 0);
  const file = join(freshDirectory(), 'register.jsonl');
  assert.equal((await mandateJson(['export', '--from', folder, '--to', file])).exit, 0);
});

/** Exchanges a text of a file for another of the same length. */
const exchange = (file: string, from: string, to: string): void => {
  const bytes = readFileSync(file);
  const at = bytes.indexOf(from);
  assert.ok(at > 0 && from.length === to.length);
  bytes.write(to, at, 'latin1');
  writeFileSync(file, bytes);
};

evidence(
  'a piece that was changed is found with the secret: rubbish, another piece, one that opens and has another hash',
  async () => {
    const folder = join(freshDirectory(), 'data');
    const adapters = await openFolder(folder);
    await fill(adapters, 3);
    const [first, second, third] = await right(adapters.evidence.list(undefined, 10));
    assert.ok(first && second && third);
    // The same person's key and the right place, and words that nobody signed.
    const forged = await right(adapters.vault.seal(third.subject, `evidence/${third.hash}`, 'evidence X'));
    await adapters.close();
    const file = join(folder, 'evidence.db');
    exchange(file, first.sealed, 'x'.repeat(first.sealed.length));
    exchange(file, second.sealed, first.sealed);
    exchange(file, third.sealed, forged);
    const ran = await mandateJson(['verify', '--from', folder, '--secret-file', secretFile()]);
    assert.equal([ran.exit, ran['counts']], [1, { EVIDENCE_CHANGED: 3 }]);
    assert.equal(ran['evidence'], { named: 9, checked: true, readable: 1, forgotten: 0 });
    assert.ok(findingsOf(ran).some(({ detail }) => detail.endsWith('it has another hash')));
    // Nothing of it can be known without the secret, and that is said.
    const blind = await mandate(['verify', '--from', folder]);
    assert.is(blind.exit, 0);
    assert.match(blind.out, 'not opened without the secret');
  },
);

evidence('the evidence of who was forgotten is no finding; of who was not, the key is missing', async () => {
  const folder = join(freshDirectory(), 'data');
  const adapters = await openFolder(folder);
  const write = await fill(adapters, 1);
  for (const name of ['王0', '李0']) {
    const hash = await putEvidence(adapters, person(name), `proof of ${name}`);
    await write(agencyStream('gepi', 'EX000'), [clerk('趙')], [hash]);
  }
  await forget(adapters, write, '王0');
  const key = await right(adapters.vault.keyOf(person('李0')));
  await right(adapters.vault.forget(person('李0'), key ?? ''));
  await adapters.close();
  const ran = await mandateJson(['verify', '--from', folder, '--secret-file', secretFile()]);
  assert.equal([ran.exit, ran['counts']], [1, { KEY_MISSING: 1 }]);
  assert.match(findingsOf(ran)[0]?.detail ?? '', '2 sealed parts');
  assert.equal(ran['evidence'], { named: 5, checked: true, readable: 1, forgotten: 1 });
});

evidence(
  'a revocation list that evidence rests on is compared with its hash, and must be there',
  async () => {
    const der = Buffer.from('a list of a CA');
    const list = createHash('sha256').update(der).digest('hex');
    const instant = '2026-01-05T01:00:00.000Z';
    const answer = { status: 'good', at: instant, source: 'crl' };
    const bundle = JSON.stringify({
      format: 'mandate-evidence/2',
      kind: 'answer',
      verifiedAt: instant,
      challenge: 'AA==',
      cms: null,
      path: [],
      profile: { cas: ['MOICA'], subjectTypes: [], policies: [], minRsaBits: 2_048, use: 'sign' },
      issuer: { ca: 'MOICA', generation: 'G3' },
      revocation: [{ ...answer, proofs: [{ kind: 'crl', sha256: list, der: null }] }],
    });
    assert.ok(EvidenceBundle.is(JSON.parse(bundle)));
    for (const [kept, counts] of [
      [der.toString('base64'), {}],
      [Buffer.from('another list').toString('base64'), { EVIDENCE_CHANGED: 1 }],
      [undefined, { EVIDENCE_MISSING: 1 }],
    ] as const) {
      const folder = join(freshDirectory(), 'data');
      const adapters = await openFolder(folder);
      const write = await fill(adapters, 1);
      if (kept !== undefined) await right(adapters.evidence.put(list, publicEvidence, kept));
      const hash = await putEvidence(adapters, person('王0'), bundle);
      await write(agencyStream('gepi', 'EX000'), [clerk('趙')], [hash]);
      await adapters.close();
      const ran = await mandateJson(['verify', '--from', folder, '--secret-file', secretFile()]);
      assert.equal(ran['counts'], counts);
    }
  },
);

evidence.run();
