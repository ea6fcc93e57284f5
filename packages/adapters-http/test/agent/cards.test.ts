import type { CardReader } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { agentCards, isFault } from '../../src/agent/cards.js';
import type { AgentSlots } from '../../src/agent/slots.js';
import { memoryDrawer } from '../../src/testing/index.js';
import { right } from '../support.js';

const never = () => new Promise<never>(() => undefined);

const readerThat = (read: CardReader['read']): CardReader => ({
  read,
  sign: () => TE.left({ _tag: 'CardFault', code: 'NO_CARD' }),
});

const slotsOf = (readers: Readonly<Record<string, CardReader>>): AgentSlots => ({
  list: () =>
    TE.right(Object.entries(readers).map(([slotDescription, reader]) => ({ slotDescription, reader }))),
});

const cards = suite('what the agent sees in the readers');

cards(
  'a reader that never answers, or throws, hides no other: something is in it that cannot be read, and why',
  async () => {
    const empty = readerThat(() => TE.left({ _tag: 'CardFault', code: 'NO_CARD' }));
    const hung = readerThat(() => never);
    const broken = readerThat(() => async () => {
      throw new Error('a bug of whoever wrote it');
    });
    const seen = agentCards(slotsOf({ hung, broken, empty }), { one: 50, all: 50 });
    for (let time = 0; time < 2; time += 1) {
      const found = right(await seen.look()).map(({ slotDescription, card }) => [
        slotDescription,
        card !== undefined && isFault(card) ? card.code : card,
      ]);
      assert.equal(found, [
        ['hung', 'TIMEOUT'],
        ['broken', 'CARD_FAULT'],
        ['empty', undefined],
      ]);
    }
  },
);

cards('a reader that is named is looked into alone, and one that hangs is asked once', async () => {
  let asked = 0;
  const hung = readerThat(() => () => {
    asked += 1;
    return never();
  });
  const empty = readerThat(() => TE.left({ _tag: 'CardFault', code: 'NO_CARD' }));
  const seen = agentCards(slotsOf({ hung, empty }), { one: 50, all: 50 });
  assert.equal(
    right(await seen.look('empty')).map(({ slotDescription }) => slotDescription),
    ['empty'],
  );
  assert.is(asked, 0);
  for (let time = 0; time < 3; time += 1) {
    const [found] = right(await seen.look('hung'));
    assert.is(found?.card !== undefined && isFault(found.card) && found.card.code, 'TIMEOUT');
    await seen.look();
  }
  assert.is(asked, 1);
});

cards('a list of readers that never comes is TIMEOUT', async () => {
  const seen = await agentCards({ list: () => never }, { one: 50, all: 50 }).look();
  assert.is(E.isLeft(seen) ? seen.left.code : undefined, 'TIMEOUT');
});

cards('who asks while it is being looked gets the same answer', async () => {
  const drawer = memoryDrawer('A');
  const seen = agentCards(drawer.slots);
  const [one, other] = [seen.look(), seen.look()];
  assert.is(await one, await other);
  assert.is.not(await seen.look(), await one);
});

cards.run();
