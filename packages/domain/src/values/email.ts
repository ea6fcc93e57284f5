import type { t } from '../schema.js';
import { textValue } from './codec.js';
import { foldWidth, lowerCaseAscii } from './text.js';

export interface EmailBrand {
  readonly Email: unique symbol;
}

/** E-mail address, its domain in lower case; the local part is as typed, since only its host may compare it. */
export type Email = t.Branded<string, EmailBrand>;

const longestAddress = 254;
const longestLocal = 64;
const local = /^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*$/;
const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

const withinLimits = (text: string): boolean =>
  text.length <= longestAddress && text.lastIndexOf('@') <= longestLocal;

const isNormal = (text: string): boolean => {
  const at = text.lastIndexOf('@');
  if (at < 1 || !withinLimits(text)) return false;
  const labels = text.slice(at + 1).split('.');
  return (
    labels.length >= 2 &&
    labels.every((part) => label.test(part)) &&
    !/^\d+$/.test(labels.at(-1) ?? '') &&
    local.test(text.slice(0, at))
  );
};

/**
 * E-mail address (GEPI-28) as far as mail servers take them in practice: RFC 5321 4.1.2 without quoted local parts,
 * address literals and single-label domains; ASCII (an internationalised domain in its `xn--` form); local part up to
 * 64 and the whole up to 254 octets (RFC 5321 4.5.3.1). Fails with `EMAIL_FORMAT` or `EMAIL_LENGTH`.
 */
export const Email = textValue<Email>({
  name: 'Email',
  isNormal,
  longest: 512,
  tooLong: 'EMAIL_LENGTH',
  normalise: (text) => {
    const trimmed = foldWidth(text).trim();
    const at = trimmed.lastIndexOf('@');
    return trimmed.slice(0, at + 1) + lowerCaseAscii(trimmed.slice(at + 1));
  },
  malformed: 'EMAIL_FORMAT',
  explain: (text) => (withinLimits(text) ? 'EMAIL_FORMAT' : 'EMAIL_LENGTH'),
  format: 'email',
});
