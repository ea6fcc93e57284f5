/**
 * What the component answers: JSON texts with HTTP status 200, whatever went wrong.
 *
 * @packageDocumentation
 */
import { faultOfCodes, signed32, unsigned32 } from './codes.js';
import { type HipkiFault, hipkiFault } from './fault.js';
import { type Bag, bagOf, type Either, fromBase64, isBag, left, member, right, textMember } from './json.js';
import { isCardKind } from './pin-texts.js';

/** Longer answers are not looked at: a signature has at most 64 KiB, four certificates stand beside it. */
export const maxAnswerLetters = 1_048_576;

/** An answer that tells a fault, or nothing but success. */
export const answerOf = (
  func: string,
  retCode: number,
  more: Readonly<{ lastError?: number; message?: string }> & Bag = {},
): Bag => {
  const { lastError = 0, ...rest } = more;
  return { func, ret_code: signed32(retCode), last_error: signed32(lastError), ...rest };
};

// -------------------------------------------------------------------------------------
// reading
// -------------------------------------------------------------------------------------

const badAnswer = hipkiFault('bad-answer');

/** The object that was answered, where its codes say success. */
const successful = (text: unknown): Either<HipkiFault, Bag> => {
  if (typeof text === 'string' && text.length > maxAnswerLetters) return left(badAnswer);
  const bag = bagOf(text);
  if (bag === undefined) return left(badAnswer);
  const retCode = unsigned32(member(bag, 'ret_code'));
  const last = member(bag, 'last_error');
  const lastError = last === undefined ? 0 : unsigned32(last);
  if (retCode === undefined || lastError === undefined) return left(badAnswer);
  const fault = faultOfCodes(retCode, lastError);
  if (fault === undefined) return right(bag);
  const cardKind = member(bag, 'cardKind');
  return left(isCardKind(cardKind) ? { ...fault, cardKind } : fault);
};

/** What of a signature's answer is worth anything. */
export interface SignAnswer {
  /** DER of CMS SignedData, to be posted to the server, which verifies it. */
  readonly cms: Uint8Array<ArrayBuffer>;
  /** What the component says of itself and of the card; nobody vouches for either. */
  readonly version: string | undefined;
  readonly cardSN: string | undefined;
}

/** The outermost of CMS: a SEQUENCE with its length. Whether it is one is for the server to say. */
const looksLikeDer = (octets: Uint8Array): boolean => octets.length > 4 && octets[0] === 0x30;

/** Reads the answer to `MakeSignature` with `PKCS7`. Certificate and card number beside the signature are not proof. */
export const decodeSignAnswer = (text: unknown): Either<HipkiFault, SignAnswer> => {
  const read = successful(text);
  if (read._tag === 'Left') return read;
  const cms = fromBase64(textMember(read.right, 'signature') ?? '');
  if (cms === undefined || !looksLikeDer(cms)) return left(badAnswer);
  return right({ cms, version: textMember(read.right, 'version'), cardSN: textMember(read.right, 'cardSN') });
};

export interface HipkiCertificate {
  /** DER. */
  readonly certificate: Uint8Array<ArrayBuffer>;
  readonly label: string | undefined;
  readonly usage: string | undefined;
}

export interface HipkiSlot {
  readonly slotDescription: string;
  /** Absent: no card. `unknown`: one that the component cannot read. */
  readonly card?:
    | 'unknown'
    | { readonly cardNumber: string | undefined; readonly certificates: ReadonlyArray<HipkiCertificate> };
  /** What the agent says of a card that it does not know: its answer to reset. For the helpdesk. */
  readonly message?: string;
}

export interface InfoAnswer {
  readonly version: string | undefined;
  /** The component asks for the PIN in a window of its own; a page that gives it one gives it for nothing. */
  readonly asksPin: boolean;
  readonly slots: ReadonlyArray<HipkiSlot>;
}

const certificatesOf = (value: unknown): ReadonlyArray<HipkiCertificate> =>
  (Array.isArray(value) ? value : []).filter(isBag).flatMap((bag) => {
    const certificate = fromBase64(textMember(bag, 'certb64') ?? '');
    if (certificate === undefined || !looksLikeDer(certificate)) return [];
    return [{ certificate, label: textMember(bag, 'label'), usage: textMember(bag, 'usage') }];
  });

const slotOf = (bag: Bag): ReadonlyArray<HipkiSlot> => {
  const slotDescription = textMember(bag, 'slotDescription');
  if (slotDescription === undefined) return [];
  const token = member(bag, 'token');
  const message = textMember(bag, 'message');
  if (typeof token === 'string')
    return [{ slotDescription, card: 'unknown', ...(message === undefined ? {} : { message }) }];
  if (!isBag(token)) return [{ slotDescription }];
  const cardNumber = textMember(token, 'serialNumber');
  return [{ slotDescription, card: { cardNumber, certificates: certificatesOf(member(token, 'certs')) } }];
};

/** Reads the answer to `CheckEnvir` and `GetUserCert`: what stands on the screen, and proof of nothing. */
export const decodeInfoAnswer = (text: unknown): Either<HipkiFault, InfoAnswer> => {
  const read = successful(text);
  if (read._tag === 'Left') return read;
  const slots = member(read.right, 'slots');
  if (!Array.isArray(slots)) return left(badAnswer);
  return right({
    version: textMember(read.right, 'serverVersion'),
    asksPin: member(read.right, 'asksPin') === true,
    slots: slots.filter(isBag).flatMap(slotOf),
  });
};
