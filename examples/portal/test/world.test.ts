import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gepiPolicyFor } from '@mandate/domain';
import {
  permissionHistories,
  registrationHistories,
  reviews,
  unassignedFunctions,
} from '@mandate/projections';
import * as E from 'fp-ts/lib/Either.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { makeBox } from '../src/cards/box.js';
import { readerCards, testCards } from '../src/cards/portal-cards.js';
import { startFault } from '../src/world/fault.js';
import { lockFolder } from '../src/world/lock.js';
import { openOffice } from '../src/world/office.js';
import { openWorld, type World, type WorldSettings } from '../src/world/world.js';

const origin = 'http://localhost:8080';

interface Place {
  base: string;
}

const right = <L, A>(answer: E.Either<L, A>): A => {
  if (E.isLeft(answer)) throw new Error(JSON.stringify(answer.left));
  return answer.right;
};

const world = suite<Place>('portal: its data folder');

world.before.each((place) => {
  place.base = mkdtempSync(join(tmpdir(), 'mandate-portal-'));
});
world.after.each(({ base }) => rmSync(base, { recursive: true, force: true }));

const open = (
  { base }: Place,
  more: Partial<WorldSettings> = {},
): Promise<E.Either<{ code: string }, World>> =>
  openWorld({ folder: join(base, 'portal'), origin, anyHour: true, ...more });

world(
  'a first start brings a past: two agencies, their changes, a review that waits, a new function',
  async (place) => {
    const { office, close } = right(await open(place));
    const { read } = office.reading.runner;
    const history = permissionHistories(read, 'gepi');
    assert.is(
      right(registrationHistories(read, 'gepi').ofAgency('DM003'))?.agencyName,
      '示範自來水股份有限公司',
    );
    assert.ok(right(history.list('DM003')).length >= 6);
    assert.ok(right(history.list('DM004')).length >= 2);
    const waiting = right(await reviews(read, 'gepi', office.stores.vault).list({ status: 'pending' })());
    assert.equal(
      waiting.map(({ agencyCode }) => agencyCode),
      ['DM005'],
    );
    const unassigned = right(unassignedFunctions(read, 'gepi', { agencyCode: 'DM003' }));
    assert.ok(JSON.stringify(unassigned).includes('premium-certificate'));
    await close();
  },
);

world('a second start finds what the first one left, cards and all', async (place) => {
  const first = right(await open(place));
  const cards = first.office.cards.drawer?.played;
  await first.close();
  const second = right(await open(place));
  assert.equal(second.office.cards.drawer?.played, cards);
  assert.is(second.instance, first.instance);
  await second.close();
});

world('a folder with other things in it is left alone', async (place) => {
  const folder = join(place.base, 'portal');
  mkdirSync(folder);
  writeFileSync(join(folder, 'letter.txt'), 'mine');
  const answer = await open(place);
  assert.is(E.isLeft(answer) && answer.left.code, 'NOT_OURS');
  assert.equal(readdirSync(folder), ['letter.txt']);
});

world('a first start that was ended leaves nothing half done', async (place) => {
  const part = join(place.base, 'portal.part');
  mkdirSync(part);
  writeFileSync(join(part, 'portal.json'), 'half');
  const { close } = right(await open(place));
  await close();
  assert.equal(readdirSync(place.base), ['portal']);
});

world('a second start on the same folder is refused, and told where the first one is', async ({ base }) => {
  const folder = join(base, 'portal');
  const lock = right(await lockFolder(folder));
  lock.tell('http://localhost:8080');
  const second = await lockFolder(folder);
  assert.ok(E.isLeft(second));
  assert.is(second.left.code, 'IN_USE');
  assert.is(second.left.detail, 'http://localhost:8080');
  await lock.release();
  await right(await lockFolder(folder)).release();
});

world('a damaged file of cards is DAMAGED, and nothing of what lies in it is told', async (place) => {
  const { close } = right(await open(place));
  await close();
  const file = join(place.base, 'portal', 'cards.json');
  const whole = readFileSync(file, 'utf8');
  // Cut short, another thing altogether, garbage behind it, and JSON of another shape.
  for (const text of [whole.slice(0, whole.length / 2), 'not JSON, but 4711', `${whole}x`, '{"pki":{}}']) {
    writeFileSync(file, text);
    const answer = await open(place);
    assert.ok(E.isLeft(answer));
    assert.equal(answer.left, startFault('DAMAGED', 'the cards cannot be read'));
  }
  writeFileSync(file, whole);
  await right(await open(place)).close();
});

world('what a program that was killed left of its lock holds nobody up', async ({ base }) => {
  const folder = join(base, 'portal');
  writeFileSync(`${folder}.lock`, '');
  await right(await lockFolder(folder)).release();
});

const cards = suite<Place>('portal: the drawer and the anchors');

cards.before.each((place) => {
  place.base = mkdtempSync(join(tmpdir(), 'mandate-portal-'));
});
cards.after.each(({ base }) => rmSync(base, { recursive: true, force: true }));

const office = (base: string, given: ReturnType<typeof testCards>) =>
  openOffice({
    folder: join(base, 'register'),
    secret: new Uint8Array(32).fill(7),
    policy: gepiPolicyFor(origin),
    cards: given,
    clock: { now: () => Date.now() },
  });

cards('a drawer cannot lie beside anchors of production', async ({ base }) => {
  const box = await makeBox(join(base, 'cards.json'), Date.now());
  const test = testCards(box);
  const production = readerCards({ trust: test.trust, revocation: test.revocation, anchors: test.anchors });
  assert.is(production.drawer, undefined);
  // Put together by hand: another trust store under the drawer, or a drawer beside readers.
  const forged = [
    { ...test, trust: production.trust },
    { ...production, drawer: test.drawer },
  ];
  for (const one of forged) {
    const answer = await office(base, one);
    assert.ok(E.isLeft(answer));
    assert.is(answer.left.code, 'UNUSABLE');
  }
  assert.throws(() => Object.assign(production, { drawer: test.drawer }));
  const opened = right(await office(base, test));
  await opened.close();
});

cards(
  'every card of the drawer, the forged one too, was issued by a CA that says 測試用',
  async ({ base }) => {
    const { deck } = await makeBox(join(base, 'cards.json'), Date.now());
    for (const { id, card } of deck) assert.match(card.issuerName, /測試用/, id);
  },
);

world.run();
cards.run();
