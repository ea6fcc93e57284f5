/**
 * The test PKI and all its cards, kept so that a second start finds the same ones.
 *
 * These are the keys of other people: a portal never has them. They lie in a folder of their own for that reason.
 *
 * @packageDocumentation
 */
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createTestPki, type TestCard, type TestPki } from '@mandate/certificates/test-pki';
import * as E from 'fp-ts/lib/Either.js';
import { type PinnedCard, pinned } from './drawer.js';
import { type FolderFault, folderFault, messageOf } from './fault.js';
import { isRecord, parseJson, readIfThere, writeWhole } from './files.js';

export interface CardBox {
  readonly pki: TestPki;
  /** The card of this name; a name that was never issued is a mistake in the story. */
  readonly card: (name: string) => PinnedCard;
  /** Issues a card, or finds it where it was issued before. */
  readonly issue: (name: string, pin: string, make: () => Promise<TestCard>) => Promise<PinnedCard>;
  /** Keeps what was revoked, suspended or resumed. */
  readonly keepRevocations: () => void;
}

const pkiFile = 'pki.json';
const cardFile = /^card-([a-z0-9-]+)\.json$/;

/** Few keys, so that the story takes seconds: whose key it is makes no difference to a test card. */
const keyPool = 4;

/** Opens the box of a folder; makes a new PKI where there is none and `mayMake`. */
export const openBox = async (folder: string, mayMake: boolean): Promise<E.Either<FolderFault, CardBox>> => {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const file = join(folder, pkiFile);
    const text = readIfThere(file);
    const saved = text === undefined ? undefined : parseJson(text);
    if (text === undefined && !mayMake) return E.left(folderFault('DAMAGED', `${pkiFile} is missing`));
    if (text !== undefined && saved === undefined)
      return E.left(folderFault('DAMAGED', `${pkiFile} is not JSON`));
    const pki = await createTestPki({ keyPool, ...(saved === undefined ? {} : { saved }) });
    const keepRevocations = (): void => writeWhole(file, JSON.stringify(pki.save()));
    if (saved === undefined) keepRevocations();
    return E.right(boxOf(folder, pki, keepRevocations, readCards(folder, pki)));
  } catch (error) {
    return E.left(folderFault('DAMAGED', `the test PKI cannot be read: ${messageOf(error)}`));
  }
};

const readCards = (folder: string, pki: TestPki): Map<string, PinnedCard> => {
  const cards = new Map<string, PinnedCard>();
  for (const entry of readdirSync(folder)) {
    const name = cardFile.exec(entry)?.[1];
    if (name === undefined) continue;
    const value = parseJson(readIfThere(join(folder, entry)) ?? '');
    if (!isRecord(value) || typeof value['pin'] !== 'string') throw new Error(`${entry} is not a card`);
    cards.set(name, pinned(pki.restore(value['card']), value['pin']));
  }
  return cards;
};

const boxOf = (
  folder: string,
  pki: TestPki,
  keepRevocations: () => void,
  cards: Map<string, PinnedCard>,
): CardBox => ({
  pki,
  keepRevocations,
  card: (name) => {
    const found = cards.get(name);
    if (found === undefined) throw new Error(`no card "${name}" was issued`);
    return found;
  },
  issue: async (name, pin, make) => {
    const known = cards.get(name);
    if (known !== undefined) return known;
    const card = await make();
    // It may have revoked the card before it; that must be kept first, since a card that is kept is not made again.
    keepRevocations();
    writeWhole(join(folder, `card-${name}.json`), JSON.stringify({ pin, card: card.save() }));
    const made = pinned(card, pin);
    cards.set(name, made);
    return made;
  },
});
