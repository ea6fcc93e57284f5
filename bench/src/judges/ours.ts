/** This repository: `verifySignedData` with the profile of a manager's card, and revocation by the CAs' lists. */
import {
  type Crl,
  type CrlSource,
  certificateCache,
  decodeCrl,
  memoryRevocation,
  type RevocationSource,
  revocationSource,
  type TrustStore,
  trustStore,
  verifySignedData,
} from '@mandate/certificates';
import { right } from '../lib/either.js';
import { loginTime as at, type Login, type LoginWorld, loginProfile as profile } from '../world/logins.js';
import type { MakeJudge } from './judge.js';

/** The lists as an adapter holds them: read once, until they are outdated. */
const listsOf = async ({ lists }: LoginWorld): Promise<CrlSource> => {
  const read = new Map<string, Crl>();
  for (const { uri, der } of lists) read.set(uri, right(await decodeCrl(der)()));
  return {
    find:
      ({ uris }) =>
      async () => ({ _tag: 'Right', right: uris.flatMap((uri) => read.get(uri) ?? []) }),
  };
};

const isLetIn = async (
  { cms, content }: Login,
  trust: TrustStore,
  revocation: RevocationSource,
): Promise<boolean> =>
  (await verifySignedData({ cms, content, trust, at, revocation, profile })())._tag === 'Right';

const withCache =
  (maxEntries: number): MakeJudge =>
  async (world) => {
    const trust = right(await trustStore({ ...world.trust, cache: certificateCache({ maxEntries }) })());
    const revocation = revocationSource({ trust, crls: await listsOf(world) });
    return (login) => isLetIn(login, trust, revocation);
  };

/** Cards that were seen before are known. */
export const warm = withCache(10_000);

/** Nothing is kept from one card to the next: each certificate is decoded and each signature of the path is checked. */
export const cold = withCache(0);

/** As cold, and the anchors and CAs are read anew, too; without the lists, whose reading is measured elsewhere. */
export const unprepared: MakeJudge = async (world) => {
  const cache = certificateCache({ maxEntries: 0 });
  const revocation = memoryRevocation();
  return async (login) => isLetIn(login, right(await trustStore({ ...world.trust, cache })()), revocation);
};
