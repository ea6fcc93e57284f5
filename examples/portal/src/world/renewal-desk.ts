/**
 * 自然人憑證線上展期 beside the portals: the renewals of test cards, a test CA that speaks EST on this computer, and who has the old
 * certificate on record in any of them.
 *
 * @packageDocumentation
 */
import { nodeSha256 } from '@mandate/adapters-eventstore';
import { estAuthority } from '@mandate/adapters-http/est';
import { startEstServer } from '@mandate/adapters-http/testing';
import {
  afterRenewal,
  createRenewals,
  type Lockout,
  moicaRenewal,
  type NamedHolder,
  type PortalPolicy,
  type Renewals,
  type RenewalView,
} from '@mandate/domain';
import { certificatesAnywhere, type HeldAnywhere } from '@mandate/projections';
import * as E from 'fp-ts/lib/Either.js';
import type { CardBox } from '../cards/box.js';
import type { DrawerCard } from '../cards/deck.js';
import type { Office } from './office.js';

/** A portal that can be asked what it has on record. */
export interface Place {
  /** Its path among others, `/nhi`; empty where it is alone. */
  readonly base: string;
  readonly policy: PortalPolicy;
  readonly office: Pick<Office, 'reading' | 'stores'>;
}

/** Somebody on record by the old serial. */
export type NamedThere = NamedHolder & { readonly agencyName: string };

/** What a renewal leaves in one portal. */
export interface AfterThere {
  readonly place: Pick<Place, 'base' | 'policy'>;
  /** Where the old certificate is on record now, and what mends that (MOICA-16, GEPI-42…48). */
  readonly lockouts: ReadonlyArray<Lockout<NamedThere>>;
  /** Where it was on record, and is no more. */
  readonly past: ReadonlyArray<HeldAnywhere>;
  /** False where the portal could not be asked: then nothing is said of it, least of all that there is nothing to do. */
  readonly isKnown: boolean;
}

export interface RenewalDesk {
  readonly renewals: Renewals;
  /** One for each portal, in their order; empty until the card holds the new certificate. */
  readonly after: (renewal: RenewalView) => Promise<ReadonlyArray<AfterThere>>;
  readonly close: () => Promise<void>;
}

const namedThere = ({ agencyCode, agencyName, holder, clerk, person, ca, serial }: HeldAnywhere) => ({
  ...{ agencyCode, agencyName, holder, clerk, person, ca, serial },
  certificate: null,
});

const afterAt = async (renewals: Renewals, place: Place, renewal: RenewalView): Promise<AfterThere> => {
  const { policy, office, base } = place;
  const unknown: AfterThere = { place: { base, policy }, lockouts: [], past: [], isKnown: false };
  const { card, id, previous } = renewal;
  const person = await renewals.personIn(office.stores.vault)({ card, renewal: id })();
  if (E.isLeft(person)) return unknown;
  const { read } = office.reading.runner;
  const found = certificatesAnywhere(read).ofCertificate(previous.ca, previous.serial);
  if (E.isLeft(found)) return unknown;
  const own = found.right.filter((held) => held.portal === policy.portal && held.person === person.right);
  const holders: ReadonlyArray<NamedThere> = own.filter(({ status }) => status === 'current').map(namedThere);
  const [todo] = afterRenewal(renewal, [{ policy, holders, person: person.right }]);
  return {
    place: { base, policy },
    lockouts: todo?.lockouts ?? [],
    past: own.filter(({ status }) => status !== 'current'),
    isKnown: true,
  };
};

/**
 * Opens it on the stores of an office; a promise that rejects is a computer without a free port. `cards`: those that its CA
 * has issued.
 */
export const openRenewalDesk = async (
  { stores, cards: { trust, revocation }, clock }: Pick<Office, 'stores' | 'cards' | 'clock'>,
  { pki }: Pick<CardBox, 'pki'>,
  cards: ReadonlyArray<DrawerCard>,
  places: ReadonlyArray<Place>,
): Promise<RenewalDesk> => {
  const ca = await startEstServer({ pki, cards: () => cards.map(({ card }) => card), clock });
  const authority = estAuthority({
    uri: ca.uri,
    clock,
    allowPlainHttp: true,
    allowAddresses: ['127.0.0.1'],
  });
  const renewals = createRenewals({
    pack: moicaRenewal,
    ...{ store: stores.events, vault: stores.vault, trust, revocation, authority, clock },
    sha256: nodeSha256,
  });
  const close = async (): Promise<void> => {
    await authority.close();
    await ca.close();
  };
  return {
    renewals,
    after: async (renewal) =>
      renewal.step === 'completed'
        ? Promise.all(places.map((place) => afterAt(renewals, place, renewal)))
        : [],
    close,
  };
};
