import { t } from '../schema.js';
import { refuse, textValue } from './codec.js';
import { shaped } from './shape.js';
import { foldWidth, upperCaseAscii, withoutInvisible } from './text.js';

export interface CertificateSerialBrand {
  readonly CertificateSerial: unique symbol;
}

/**
 * 憑證序號 as an integer: upper-case hex without leading zeros (X-2, DOC-12). At most 20 octets (RFC 5280 4.1.2.2),
 * never zero; those of the GPKI have 128 bits. It names a certificate only together with the issuer.
 */
export type CertificateSerial = t.Branded<string, CertificateSerialBrand>;

const pattern = /^[1-9A-F][0-9A-F]{0,39}$/;

/**
 * A serial as it is stored and as `@mandate/certificates` reads it: takes the normal form alone, so that nothing typed
 * gets past {@link TypedCertificateSerial}. Fails with `CERTIFICATE_SERIAL_FORMAT`.
 */
export const CertificateSerial = textValue<CertificateSerial>({
  name: 'CertificateSerial',
  isNormal: (text) => text.length <= 40 && pattern.test(text),
  longest: 40,
  normalise: t.identity,
  malformed: 'CERTIFICATE_SERIAL_FORMAT',
  pattern,
});

/** 34 digits, each with a space and a colon or mark beside it, and some room. */
const longestTyped = 128;
const separators = /[\s:]/g;
const hex = /^[0-9A-F]+$/;

/**
 * A serial as a person types or pastes it (GEPI-35, DOC-12): 32 hex digits, or 34 with the `00` that DER puts before
 * an integer whose top bit is set; spaces, colons and invisible marks between them, either case, full width too.
 *
 * An odd digit more or less (35, as one manual prints) is `CERTIFICATE_SERIAL_LENGTH`: one digit was read wrongly and
 * nobody can tell which. A certificate whose serial happens to begin with a zero octet may be shown with 30 digits;
 * its holder types the two zeros. Also fails with `CERTIFICATE_SERIAL_CHARACTERS` and `CERTIFICATE_SERIAL_RANGE`.
 *
 * Encodes to the normal form, which it does not take back where leading zeros went: see {@link toPrinted}.
 */
export const TypedCertificateSerial: t.Type<CertificateSerial, string, unknown> = shaped(
  new t.Type<CertificateSerial, string, unknown>(
    'TypedCertificateSerial',
    CertificateSerial.is,
    (u, context) => {
      if (u === undefined || u === null) return refuse('REQUIRED', context);
      if (typeof u !== 'string') return refuse('WRONG_TYPE', context);
      if (u.length > longestTyped) return refuse('CERTIFICATE_SERIAL_LENGTH', context);
      const digits = upperCaseAscii(foldWidth(withoutInvisible(u))).replace(separators, '');
      if (digits === '') return refuse('REQUIRED', context);
      if (!hex.test(digits)) return refuse('CERTIFICATE_SERIAL_CHARACTERS', context);
      if (digits.length !== 32 && digits.length !== 34) return refuse('CERTIFICATE_SERIAL_LENGTH', context);
      if (digits.length === 34 && !digits.startsWith('00'))
        return refuse('CERTIFICATE_SERIAL_RANGE', context);
      const serial = digits.replace(/^0+/, '');
      return CertificateSerial.is(serial) ? t.success(serial) : refuse('CERTIFICATE_SERIAL_RANGE', context);
    },
    t.identity,
  ),
  { kind: 'text', longest: longestTyped },
);

/** As certificate viewers show it: at least 32 digits, always whole octets. */
export const toPrinted = (serial: CertificateSerial): string =>
  serial.padStart(Math.max(32, serial.length + (serial.length % 2)), '0');

/** Whether two serials are one integer; the normal form makes that the same text. */
export const equals = (a: CertificateSerial, b: CertificateSerial): boolean => a === b;
