/** Invented cards and their certificates. */
import * as fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import type { RegisterError } from '../../src/errors.js';
import { Hex64 } from '../../src/events/hex.js';
import type { HeldCard, KnownCertificate } from '../../src/renewal/index.js';
import type { t } from '../../src/schema.js';
import {
  CertificateSerial,
  decodeValue,
  endOfTaipeiDay,
  fromEpochMs,
  Instant,
  RocDate,
  startOfTaipeiDay,
} from '../../src/values/index.js';

const orThrow = <A>(decoded: E.Either<unknown, A>): A => {
  if (E.isLeft(decoded)) throw new Error(JSON.stringify(decoded.left));
  return decoded.right;
};

export const instant = (text: string): Instant => orThrow(decodeValue(Instant, text));
/** 民國 106年4月9日, 106/04/09 or 2017-04-09. */
export const day = (text: string): RocDate => orThrow(decodeValue(RocDate, text));

export const serial = (text: string): CertificateSerial => orThrow(decodeValue(CertificateSerial, text));

export const hex64 = (text: string): t.TypeOf<typeof Hex64> => orThrow(decodeValue(Hex64, text));

export const codeOf = (answer: E.Either<RegisterError, unknown>): string =>
  E.isLeft(answer) ? answer.left.code : 'accepted';

export const rightOf = <A>(answer: E.Either<RegisterError, A>): A => orThrow(answer);

/** A certificate of whole days in Taipei. */
export const certificate = (
  from: string,
  to: string,
  rest: Partial<KnownCertificate> = {},
): KnownCertificate => ({
  ca: 'MOICA',
  serial: `5${from}${to}`.replace(/\D/g, ''),
  card: 'card-1',
  notBefore: startOfTaipeiDay(day(from)),
  notAfter: endOfTaipeiDay(day(to)),
  ...rest,
});

export const held = (
  from: string,
  to: string,
  knownFrom: string,
  rest: Partial<HeldCard> = {},
): HeldCard => ({
  ...certificate(from, to, rest),
  knownFrom: instant(knownFrom),
  ...rest,
});

/** Any second from 1950 to 2099, summers with summer time included. */
export const anyInstant: fc.Arbitrary<Instant> = fc
  .integer({
    min: Date.parse('1950-01-01T00:00:00Z') / 1000,
    max: Date.parse('2099-12-31T23:59:59Z') / 1000,
  })
  .map((seconds) => fromEpochMs(seconds * 1000));

export const later = (from: Instant, ms: number): Instant => fromEpochMs(Date.parse(from) + ms);
