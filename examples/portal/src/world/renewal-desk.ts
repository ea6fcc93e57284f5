/**
 * 自然人憑證線上展期 beside the portal: the renewals of test cards, a test CA that speaks EST on this computer, and who has the old
 * certificate on record here.
 *
 * @packageDocumentation
 */
import { nodeSha256 } from '@mandate/adapters-eventstore';
import { estAuthority } from '@mandate/adapters-http/est';
import { startEstServer } from '@mandate/adapters-http/testing';
import {
  afterRenewal,
  createRenewals,
  fromEpochMs,
  type Lockout,
  moicaRenewal,
  type PortalPolicy,
  type Renewals,
  type RenewalView,
} from '@mandate/domain';
import { certificates, type HolderOnRecord } from '@mandate/projections';
import * as E from 'fp-ts/lib/Either.js';
import type { CardBox } from '../cards/box.js';
import type { Office } from './office.js';

export interface RenewalDesk {
  readonly renewals: Renewals;
  /** Where the certificate before the renewal is on record in this portal, and what mends that (MOICA-16, GEPI-42…48). */
  readonly lockedOut: (renewal: RenewalView) => Promise<ReadonlyArray<Lockout<HolderOnRecord>>>;
  readonly close: () => Promise<void>;
}

const endOfTime = '9999-12-31T00:00:00.000Z';

/** Opens it; a promise that rejects is a computer without a free port. */
export const openRenewalDesk = async (
  { stores, reading, cards, clock }: Office,
  { pki, deck }: CardBox,
  policy: PortalPolicy,
): Promise<RenewalDesk> => {
  const ca = await startEstServer({ pki, cards: () => deck.map(({ card }) => card), clock });
  const authority = estAuthority({
    uri: ca.uri,
    clock,
    allowPlainHttp: true,
    allowAddresses: ['127.0.0.1'],
  });
  const { trust, revocation } = cards;
  const renewals = createRenewals({
    pack: moicaRenewal,
    ...{ store: stores.events, vault: stores.vault, trust, revocation, authority, clock },
    sha256: nodeSha256,
  });
  const onRecord = certificates(reading.runner.read, policy.portal);

  const lockedOut: RenewalDesk['lockedOut'] = async (renewal) => {
    const now = fromEpochMs(clock.now());
    const found = onRecord.forecast({ from: now, to: endOfTime, policy });
    if (E.isLeft(found)) return [];
    const holders = [...found.right.already, ...found.right.lockouts].map(({ who }) => who);
    return afterRenewal(renewal, [{ policy, holders }]).flatMap(({ lockouts }) => lockouts);
  };

  const close = async (): Promise<void> => {
    await authority.close();
    await ca.close();
  };
  return { renewals, lockedOut, close };
};
