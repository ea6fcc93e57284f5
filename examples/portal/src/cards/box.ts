/**
 * The test PKI with its cards, kept so that a second start finds the same ones. These are the keys of other people: a
 * portal in service never has them.
 *
 * @packageDocumentation
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createTestPki, type TestPki } from '@mandate/certificates/test-pki';
import * as E from 'fp-ts/lib/Either.js';
import { type StartFault, startFault } from '../world/fault.js';
import { gepiScene } from '../world/gepi-scene.js';
import type { Scene } from '../world/scene.js';
import type { DrawerCard } from './deck.js';

export interface CardBox {
  readonly pki: TestPki;
  readonly deck: ReadonlyArray<DrawerCard>;
}

/** Few keys, so that a first start takes seconds: whose key it is makes no difference to a test card. */
const keyPool = 4;

/** A new PKI with new cards, into a file for its owner alone; or more cards of the PKI of a box that is there. */
export const makeBox = async (
  file: string,
  now: number,
  { cas, deal }: Pick<Scene, 'cas' | 'deal'> = gepiScene,
  lent?: CardBox,
): Promise<CardBox> => {
  const source = lent === undefined ? (cas === undefined ? {} : { cas }) : { saved: lent.pki.save() };
  const pki = await createTestPki({ keyPool, ...source });
  const deck = await deal(pki, now, lent?.deck ?? []);
  const saved = { pki: pki.save(), deck: deck.map(({ card, ...rest }) => ({ ...rest, card: card.save() })) };
  writeFileSync(file, JSON.stringify(saved), { mode: 0o600 });
  return { pki, deck };
};

/** Those of a file that {@link makeBox} wrote. Errors: `DAMAGED`. */
export const openBox = async (file: string): Promise<E.Either<StartFault, CardBox>> => {
  try {
    const saved: { readonly pki: unknown; readonly deck: ReadonlyArray<DrawerCard & { card: unknown }> } =
      JSON.parse(readFileSync(file, 'utf8'));
    const pki = await createTestPki({ saved: saved.pki });
    return E.right({ pki, deck: saved.deck.map((entry) => ({ ...entry, card: pki.restore(entry.card) })) });
  } catch {
    // What was thrown may quote the file, and keys lie in it.
    return E.left(startFault('DAMAGED', 'the cards cannot be read'));
  }
};
