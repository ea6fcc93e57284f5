/**
 * `ret_code` and `last_error` of the HiPKI component, as public pages that use it tell them, and what each is to a person.
 *
 * @packageDocumentation
 */
import { type HipkiFault, type HipkiFaultKind, hipkiFault } from './fault.js';

/** Codes by name, where a program needs to name one. */
export const retCodes = {
  ok: 0,
  noCertificate: 0x76000002,
  noTbs: 0x76000003,
  noCard: 0x76000006,
  tooBig: 0x7600000a,
  notJson: 0x7600000b,
  parameter: 0x7600000c,
  timedOut: 0x7600000d,
  unsupported: 0x7600000e,
  forbiddenDomain: 0x7600000f,
  untrustedSite: 0x76000031,
  pinNotEntered: 0x76000998,
  cancelled: 0x76000999,
  noReader: 0x76100003,
  readerInformation: 0x76100004,
  session: 0x76100005,
  loginFailed: 0x76100006,
  cardInformation: 0x7610000b,
  namedKeyMissing: 0x7610000d,
  signingType: 0x76300002,
  signing: 0x76300004,
  notYetValid: 0x76500001,
  expired: 0x76500002,
  otherCardNumber: 0x82000116,
  notGpkiCard: 0x83000100,
} as const;

/** PKCS #11 numbers of a login that failed, and two of the vendor's own. */
export const lastErrors = {
  none: 0,
  pinIncorrect: 0xa0,
  pinLength: 0xa2,
  pinLocked: 0xa4,
  oneTryLeft: 0x80000001,
  twoTriesLeft: 0x80000002,
} as const;

type Line = readonly [first: number, last: number, kind: HipkiFaultKind, meaning: string];

/** From exact codes to whole families: the first line that fits is the one. */
const lines: ReadonlyArray<Line> = [
  [0x76000001, 0x76000001, 'wrong-card', 'no key'],
  [0x76000002, 0x76000002, 'wrong-card', 'no certificate'],
  [0x76000003, 0x76000003, 'bad-request', 'nothing to be signed'],
  [0x76000004, 0x76000004, 'bad-request', 'nothing to be decrypted'],
  [0x76000005, 0x76000005, 'component', 'no path of the library'],
  [0x76000006, 0x76000006, 'no-card', 'no card'],
  [0x76000007, 0x76000007, 'pin-missing', 'not logged in'],
  [0x76000008, 0x76000008, 'bad-request', 'type'],
  [0x76000009, 0x76000009, 'component', 'file'],
  [0x7600000a, 0x7600000a, 'bad-request', 'too big'],
  [0x7600000b, 0x7600000b, 'bad-request', 'no JSON'],
  [0x7600000c, 0x7600000c, 'bad-request', 'parameter'],
  [0x7600000d, 0x7600000d, 'timed-out', 'program failed or took too long'],
  [0x7600000e, 0x7600000e, 'unsupported', 'not supported; also a reader or token that is missing'],
  [0x7600000f, 0x7600000f, 'untrusted-site', 'domain not allowed'],
  [0x76000031, 0x76000031, 'untrusted-site', 'site not trusted'],
  [0x76000998, 0x76000998, 'pin-missing', 'PIN not entered'],
  [0x76000999, 0x76000999, 'cancelled', 'cancelled by the user'],
  [0x76100001, 0x76100001, 'component', 'library not loaded'],
  [0x76100002, 0x76100002, 'component', 'library not finalised'],
  [0x76100003, 0x76100003, 'no-reader', 'no reader'],
  [0x76100004, 0x76100004, 'reader-unknown', 'no information on the reader'],
  [0x76100005, 0x76100005, 'busy', 'no session'],
  [0x76100006, 0x76100006, 'component', 'login failed: see last_error'],
  [0x76100007, 0x76100007, 'component', 'logout'],
  [0x76100008, 0x76100008, 'component', 'key'],
  [0x76100009, 0x76100009, 'component', 'certificate'],
  [0x7610000a, 0x7610000a, 'component', 'library information'],
  [0x7610000b, 0x7610000b, 'component', 'card information'],
  [0x7610000c, 0x7610000c, 'wrong-card', 'named certificate not found'],
  [0x7610000d, 0x7610000d, 'wrong-card', 'named key not found'],
  [0x76200008, 0x76200008, 'wrong-card', 'CA not supported'],
  [0x76200000, 0x7620000f, 'component', 'PFX'],
  [0x76210001, 0x76210001, 'wrong-card', 'ID number does not match'],
  [0x76210002, 0x76210002, 'wrong-card', 'certificate type not supported'],
  [0x76210003, 0x76210004, 'wrong-card', 'issuer not accepted'],
  [0x76300001, 0x76300009, 'component', 'signing'],
  [0x76400001, 0x76400003, 'component', 'decrypting'],
  [0x76500001, 0x76500001, 'certificate-not-yet-valid', 'certificate not yet valid'],
  [0x76500002, 0x76500002, 'certificate-expired', 'certificate expired'],
  [0x76600000, 0x7660000f, 'component', 'base64'],
  [0x76700000, 0x7670000f, 'component', 'key of the server'],
  [0x77100001, 0x77100001, 'component', 'captcha'],
  [0x77200000, 0x772000ff, 'component', 'authorisation of an attached card'],
  [0x77200100, 0x7720010f, 'component', 'writing a certificate'],
  [0x81000201, 0x81000203, 'component', 'user code wrong'],
  [0x81000224, 0x81000224, 'wrong-card', 'card number unknown'],
  [0x81000225, 0x81000225, 'component', 'card not opened'],
  [0x81000226, 0x81000226, 'component', 'card already opened'],
  [0x81000227, 0x81000227, 'component', 'user code locked'],
  [0x82000116, 0x82000116, 'wrong-card', 'another card number'],
  [0x82000118, 0x82000118, 'timed-out', 'answer took too long'],
  [0x83000100, 0x83000100, 'card-unknown', 'not a card of the GPKI'],
  [0x83000101, 0x83000104, 'wrong-card', 'card of another CA'],
  [0x83000105, 0x83000105, 'pin-format', 'PIN format'],
  [0x83000106, 0x83000106, 'bad-request', 'user code format'],
  [0xe0000001, 0xe0000001, 'wrong-card', 'no certificate that was looked for'],
  [0xe0000003, 0xe0000003, 'wrong-card', 'another key'],
  [0xe0000005, 0xe0000006, 'wrong-card', 'no certificate of this class'],
  // Not the cancel of the window: 12 is hexadecimal in the list of codes, as all of them are.
  [0xe000000c, 0xe000000d, 'bad-request', 'hexadecimal text'],
  [0xe000000f, 0xe000000f, 'wrong-card', 'no certificate of this class'],
  [0xe0000012, 0xe0000012, 'cancelled', 'cancelled by the user'],
  [0xe0000013, 0xe0000013, 'wrong-card', 'keys do not match'],
  [0xe0000000, 0xe00000ff, 'component', 'certificate store of Windows'],
];

/**
 * A code as it is compared: components write what is above 2³¹ as a negative number. `undefined` for what is no whole
 * number of 32 bits.
 */
export const unsigned32 = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isInteger(value) && value >= -(2 ** 31) && value < 2 ** 32
    ? value >>> 0
    : undefined;

/** A code as components write it: a signed number of 32 bits. */
export const signed32 = (code: number): number => code | 0;

/** What the table says of a code, in a few words for a log; `undefined` where it says nothing. */
export const meaningOf = (retCode: number): string | undefined =>
  lines.find(([first, last]) => first <= retCode && retCode <= last)?.[3];

const loginKinds = new Map<number, HipkiFault>([
  [lastErrors.pinIncorrect, hipkiFault('pin-wrong')],
  [lastErrors.pinLength, hipkiFault('pin-format')],
  [lastErrors.pinLocked, hipkiFault('pin-locked')],
  [lastErrors.oneTryLeft, hipkiFault('pin-wrong', { triesLeft: 1 })],
  [lastErrors.twoTriesLeft, hipkiFault('pin-wrong', { triesLeft: 2 })],
]);

/** The fault that two codes name, in either form; `undefined` for success. */
export const faultOfCodes = (retCode: number, lastError = 0): HipkiFault | undefined => {
  const [code, last] = [retCode >>> 0, lastError >>> 0];
  if (code === retCodes.ok) return undefined;
  const kind = lines.find(([first, end]) => first <= code && code <= end)?.[2] ?? 'component';
  const login = code === retCodes.loginFailed ? loginKinds.get(last) : undefined;
  return { ...(login ?? hipkiFault(kind)), retCode: code, lastError: last };
};
