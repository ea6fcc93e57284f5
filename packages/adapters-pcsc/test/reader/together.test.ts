// Several programs at once on one card: each with its own connection to the card service, one by way of OpenSC.
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { verifySignedData } from '@mandate/certificates';
import { suiteNeeding } from '@mandate/testing';
import { bedNeed, until } from '@mandate/testing/card-service';
import * as E from 'fp-ts/lib/Either.js';
import * as assert from 'uvu/assert';
import { bindingNeed } from '../pkcs11/softhsm.js';
import { type Bed, type BedCard, startBed } from '../support/bed.js';
import { citizen, pin, profile, sharedPki } from './support.js';

/** What a program said of one attempt. */
interface Said {
  readonly how: 'pcsc' | 'module' | 'look';
  readonly ready?: true;
  readonly content?: string;
  readonly cms?: string;
  readonly code?: string;
  readonly detail?: string;
  readonly words?: ReadonlyArray<string>;
}

interface Program {
  readonly said: ReadonlyArray<Said>;
  readonly go: () => void;
  readonly stop: () => Promise<void>;
}

interface World {
  bed: Bed;
  card: BedCard;
}

const file = fileURLToPath(new URL('./together-main.ts', import.meta.url));
const running = new Set<ChildProcessByStdio<Writable, Readable, null>>();

/** OpenSC so that it shares no card and leaves no PIN verified (docs/cards.md). */
const openscConf = `app default {
  reader_driver pcsc { connect_exclusive = true; disconnect_action = reset; }
}
`;

const start = async (bed: Bed, how: Said['how']): Promise<Program> => {
  const conf = join(bed.folder, 'opensc.conf');
  writeFileSync(conf, openscConf);
  const child = spawn(process.execPath, ['--conditions=mandate-source', '--import', 'tsx', file, how, pin], {
    env: { ...process.env, ...bed.env, OPENSC_CONF: conf },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  running.add(child);
  const said: Said[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => {
    said.push(JSON.parse(line));
  });
  const ended = once(child, 'close').then(([code]) => {
    running.delete(child);
    return code;
  });
  await until(async () => said.length > 0 || child.exitCode !== null);
  return {
    said,
    go: () => child.stdin.write('go\n'),
    stop: async () => {
      child.stdin.end();
      assert.is(await ended, 0, how);
    },
  };
};

const need = bindingNeed.available ? bedNeed('opensc-tool') : bindingNeed;
const together = suiteNeeding<World>('several programs at once on one card', need);

const onCard = await citizen();

together.before(async (world) => {
  world.bed = await startBed();
  world.card = await world.bed.startCard({ kind: 'piv', contents: onCard.save(), pin });
  await until(() => world.bed.seesCard(0));
});

together.after(async ({ bed }) => {
  for (const child of running) child.kill('SIGKILL');
  await bed.end();
});

const isRight = async ({ cms = '', content = '' }: Said): Promise<boolean> => {
  const pki = await sharedPki();
  const verified = await verifySignedData({
    cms: new Uint8Array(Buffer.from(cms, 'base64')),
    content: new TextEncoder().encode(content),
    trust: pki.trust,
    at: new Date('2026-03-02T01:00:00Z'),
    revocation: pki.revocation,
    profile,
  })();
  return E.isRight(verified) && verified.right.facts.serial === onCard.serial;
};

/** Attempts that each program makes beside the others before it is enough. */
const enough = 8;

together(
  'two programs by PC/SC, one by OpenSC, one that looks: right signatures or CARD_BUSY, no try lost, no PIN left verified',
  async ({ bed, card }) => {
    const programs = await Promise.all(
      (['pcsc', 'pcsc', 'module', 'look'] as const).map((how) => start(bed, how)),
    );
    for (const program of programs) program.go();
    const done = ({ said }: Program): number => said.filter(({ cms, words }) => cms ?? words).length;
    await until(async () => programs.every((program) => done(program) >= enough));
    await Promise.all(programs.map((program) => program.stop()));

    const said = programs.flatMap((program) => program.said.filter(({ ready }) => ready !== true));
    for (const one of said) {
      const { cms, words, code, detail } = one;
      if (cms !== undefined) assert.ok(await isRight(one), JSON.stringify(one));
      // Selected; three tries and nobody verified; and so no private operation.
      else if (words !== undefined) assert.equal(words, ['9000', '63c3', '6982']);
      else assert.is(code, 'CARD_BUSY', `${one.how}: ${detail}`);
    }
    // Each content is another, so no answer is that of another question.
    const contents = said.flatMap(({ content }) => content ?? []);
    assert.is(new Set(contents).size, contents.length);
    const tries = card.said.flatMap(({ purpose, triesLeft }) => (purpose === undefined ? [] : [triesLeft]));
    assert.ok(tries.every((left) => left === undefined || left === 3));
    // A PIN for each signature by PC/SC, and none besides: nobody signed by the PIN of another.
    assert.not.ok(
      card.said.some(({ purpose, sw }) => purpose === 'verify' && sw !== '9000' && sw !== '63C3'),
    );
  },
);

together.run();
