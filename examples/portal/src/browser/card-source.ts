/**
 * Where a card is: in a reader behind the component, or in the drawer of test cards. One interface for both.
 *
 * @packageDocumentation
 */
import { type HipkiFault, hipkiClient, hipkiFault } from '@mandate/adapters-http/hipki';

export type Outcome<A> =
  | { readonly _tag: 'Left'; readonly left: HipkiFault }
  | { readonly _tag: 'Right'; readonly right: A };

export const right = <A>(value: A): Outcome<A> => ({ _tag: 'Right', right: value });
export const left = (fault: HipkiFault): Outcome<never> => ({ _tag: 'Left', left: fault });

/** A certificate as a card hands it out without a PIN (GEPI-34): proof of nothing. */
export interface ReadCard {
  /** DER, base64. */
  readonly der: string;
  readonly cardNumber: string | undefined;
  /** Its certificate for encryption (DOC-6), where the source tells that one; DER, base64. */
  readonly encryption?: string;
}

/** What this portal calls what the card signs for; the agent shows it as the site's words. */
export interface PurposeName {
  readonly zh: string;
  readonly en: string;
}

export interface CardSource {
  /**
   * Signs a challenge; base64 of CMS. Called inside the click; the challenge may still be on its way, and `undefined` is none.
   */
  readonly sign: (
    challenge: Promise<string | undefined>,
    pin: string,
    purpose: PurposeName,
  ) => Promise<Outcome<string>>;
  readonly read: () => Promise<Outcome<ReadonlyArray<ReadCard>>>;
  /** Absent where no card can be given a new certificate: the component's protocol writes nothing. */
  readonly renewal?: RenewalSource;
}

/** What a renewal asks of a card beside being read (MOICA-12, MOICA-14). All in base64. */
export interface RenewalSource {
  /** RSASSA-PKCS1-v1_5 with SHA-256 over the octets, and the certificate whose key made it. */
  readonly signRaw: (
    octets: string,
    pin: string,
  ) => Promise<Outcome<{ readonly signature: string; readonly certificate: string }>>;
  /**
   * Puts a certificate in the place of the one that was read, `replaces`; a card that holds another is another card, and is not
   * touched. What the card holds then is read, not told.
   */
  readonly write: (certificate: string, replaces: string, pin: string) => Promise<Outcome<void>>;
}

/** Gives the digits out once. */
const once = (digits: string): { readonly consume: () => string | undefined } => {
  let kept: string | undefined = digits;
  return {
    consume: () => {
      const taken = kept;
      kept = undefined;
      return taken;
    },
  };
};

const toBase64 = (octets: Uint8Array): string => {
  let binary = '';
  for (const octet of octets) binary += String.fromCharCode(octet);
  return btoa(binary);
};

/** What the component told when it was last asked. */
export interface ReaderState {
  readonly asksPin: boolean;
  readonly readers: number;
  readonly cards: ReadonlyArray<string>;
}

export interface ReaderSource extends CardSource {
  /** Looks for component, readers and cards. Opens a window: inside a click. */
  readonly look: () => Promise<Outcome<ReaderState>>;
}

/** The vendor's component or our agent, whichever listens: they speak the same protocol. */
export const readerSource = (component?: string, oldest?: string): ReaderSource => {
  const client = hipkiClient({
    ...(component === undefined ? {} : { component }),
    ...(oldest === undefined ? {} : { minimumVersion: oldest }),
  });
  return {
    sign: async (challenge, pin, purpose) => {
      const signed = await client.sign({
        ...{ challenge, purpose },
        ...(pin === '' ? {} : { pin: once(pin) }),
      });
      return signed._tag === 'Left' ? left(signed.left) : right(signed.right.cmsBase64);
    },
    read: async () => {
      const info = await client.info({ certificates: true });
      if (info._tag === 'Left') return left(info.left);
      const cards = info.right.slots.flatMap(({ card }) => {
        if (card === undefined || card === 'unknown') return [];
        const other = card.certificates.find(
          ({ usage }) => usage !== undefined && /encipherment/i.test(usage),
        );
        const encryption = other === undefined ? {} : { encryption: toBase64(other.certificate) };
        return card.certificates
          .filter(({ usage }) => usage === undefined || /digitalSignature/i.test(usage))
          .map(({ certificate }) => ({
            der: toBase64(certificate),
            cardNumber: card.cardNumber,
            ...encryption,
          }));
      });
      return cards.length === 0 ? left(hipkiFault('no-card')) : right(cards);
    },
    look: async () => {
      const info = await client.info({ certificates: true });
      if (info._tag === 'Left') return left(info.left);
      const { asksPin, slots } = info.right;
      const cards = slots.flatMap(({ card }) =>
        card === undefined || card === 'unknown' ? [] : [card.cardNumber ?? '?'],
      );
      return right({ asksPin, readers: slots.length, cards });
    },
  };
};
