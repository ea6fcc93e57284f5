/**
 * What the browser gets of the drawer: the cards as they are shown, and what a card needs in order to sign there. Test
 * cards alone: this hands out private keys.
 *
 * @packageDocumentation
 */
import type { SavedKey } from '@mandate/certificates/test-pki';
import type { DrawerCard } from './deck.js';

/** A card on the screen. */
export interface ShownCard extends Omit<DrawerCard, 'card'> {
  readonly ca: string;
}

/** A card that signs in the browser; octets in hexadecimal. */
export interface PlayedCard {
  readonly id: string;
  readonly pin: string;
  readonly cardNumber: string;
  readonly certificate: string;
  /** Its certificate for encryption. */
  readonly encryption: string;
  readonly issuer: string;
  readonly serial: string;
  readonly key: SavedKey;
}

export interface Drawer {
  readonly shown: ReadonlyArray<ShownCard>;
  readonly played: ReadonlyArray<PlayedCard>;
}

const shownCard = ({ card, ...shown }: DrawerCard): ShownCard => ({ ...shown, ca: card.record.ca });

const playedCard = ({ id, pin, card }: DrawerCard): PlayedCard => {
  const { record, key } = card.save();
  const { cardNumber, certificate, encryptionCertificate: encryption, issuer, serial } = record;
  return { id, pin, cardNumber, certificate, encryption, issuer, serial, key };
};

export const drawerOf = (deck: ReadonlyArray<DrawerCard>): Drawer => ({
  shown: deck.map(shownCard),
  played: deck.map(playedCard),
});
