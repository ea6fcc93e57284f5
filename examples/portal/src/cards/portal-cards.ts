/**
 * Which cards a portal believes, and whether there is a drawer to play them from. Both come out of one function, so that
 * a drawer never lies beside anchors of production.
 *
 * @packageDocumentation
 */
import {
  type RevocationSource,
  revocationSource,
  type TrustStore,
  type TrustStoreInput,
} from '@mandate/certificates';
import { publishedLists } from '@mandate/certificates/test-pki';
import type { CardBox } from './box.js';
import { type Drawer, drawerOf } from './drawer.js';

export interface PortalCards {
  readonly trust: TrustStore;
  readonly revocation: RevocationSource;
  /** What an auditor pins. */
  readonly anchors: TrustStoreInput['anchors'];
  /** Test cards that play in the browser; `undefined` in production. */
  readonly drawer: Drawer | undefined;
}

/** Whatever was put together elsewhere is not in here. */
const made = new WeakSet<PortalCards>();

const keep = (cards: PortalCards): PortalCards => {
  const kept = Object.freeze(cards);
  made.add(kept);
  return kept;
};

/** Test mode: the register trusts the test PKI and nothing else, and its cards lie in the drawer. */
export const testCards = ({ pki, deck }: CardBox): PortalCards =>
  keep({
    trust: pki.trust,
    revocation: revocationSource({ trust: pki.trust, crls: publishedLists(pki) }),
    anchors: pki.trustInput.anchors,
    drawer: drawerOf(deck),
  });

/** Cards in readers alone: the anchors that a portal in service pins. */
export const readerCards = (cards: Omit<PortalCards, 'drawer'>): PortalCards =>
  keep({ trust: cards.trust, revocation: cards.revocation, anchors: cards.anchors, drawer: undefined });

/** Whether it came out of one of the two functions above, and was not changed since. */
export const areKept = (cards: PortalCards): boolean => made.has(cards);
