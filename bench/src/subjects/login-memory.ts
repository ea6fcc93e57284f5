/** Whether anything grows with the cards that log in, besides the caches, which are bounded. */
import { certificateCache, memoryRevocation, trustStore, verifySignedData } from '@mandate/certificates';
import { createTestPki } from '@mandate/certificates/test-pki';
import { right } from '../lib/either.js';
import { liveBytes } from '../lib/memory.js';
import { answerOf, loginTime as at, loginProfile as profile } from '../world/logins.js';
import { personName } from '../world/people.js';

export interface LoginMemoryParams {
  /** Each logs in once. */
  readonly cards: number;
}

export interface LoginMemoryFigures {
  readonly cards: number;
  /** What is left after a collection: before any card, when the caches are full, and at the end. */
  readonly beforeMiB: number;
  readonly halfwayMiB: number;
  readonly afterMiB: number;
}

const toMiB = (bytes: number): number => bytes / 1024 / 1024;

export const loginMemory = async (
  _folder: string,
  { cards }: LoginMemoryParams,
): Promise<LoginMemoryFigures> => {
  const pki = await createTestPki({ cas: ['MOICA'], keyPool: 16 });
  // A tenth of the cards, and of signatures four times as many: full before the first half is over.
  const cache = certificateCache({ maxEntries: Math.max(1, Math.floor(cards / 10)) });
  const trust = right(await trustStore({ ...pki.trustInput, cache })());
  const revocation = memoryRevocation();
  const login = async (index: number): Promise<void> => {
    const card = await pki.issueCitizen({ name: personName(index), last4: '6789' });
    const { cms, content } = await answerOf(card, index);
    right(await verifySignedData({ cms, content, trust, at, revocation, profile })());
  };
  for (let index = 0; index < 16; index++) await login(index);
  const beforeMiB = toMiB(await liveBytes());
  const half = Math.floor(cards / 2);
  for (let index = 16; index < half; index++) await login(index);
  const halfwayMiB = toMiB(await liveBytes());
  for (let index = half; index < cards; index++) await login(index);
  return { cards, beforeMiB, halfwayMiB, afterMiB: toMiB(await liveBytes()) };
};
