/** This repository: `verifySignedData` with the profile of a manager's card. */
import { certificateCache, memoryRevocation, trustStore, verifySignedData } from '@mandate/certificates';
import { right } from '../lib/either.js';
import { loginTime as at, loginProfile as profile } from '../world/logins.js';
import type { MakeJudge } from './judge.js';

/** As configured by default: cards that were seen before are known. */
export const warm: MakeJudge = async (world) => {
  const trust = right(
    await trustStore({ ...world.trust, cache: certificateCache({ maxEntries: 10_000 }) })(),
  );
  const revocation = memoryRevocation();
  return async ({ cms, content }) =>
    (await verifySignedData({ cms, content, trust, at, revocation, profile })())._tag === 'Right';
};

const nothingKept = certificateCache({ maxEntries: 0 });

/** Nothing is kept from one card to the next: each certificate is decoded and each signature of the path is checked. */
export const cold: MakeJudge = async (world) => {
  const trust = right(await trustStore({ ...world.trust, cache: nothingKept })());
  const revocation = memoryRevocation();
  return async ({ cms, content }) =>
    (await verifySignedData({ cms, content, trust, at, revocation, profile })())._tag === 'Right';
};

/** As cold, and the anchors and CAs are read anew, too: nothing at all is known before. */
export const unprepared: MakeJudge = async (world) => {
  const revocation = memoryRevocation();
  return async ({ cms, content }) => {
    const trust = right(await trustStore({ ...world.trust, cache: nothingKept })());
    return (await verifySignedData({ cms, content, trust, at, revocation, profile })())._tag === 'Right';
  };
};
