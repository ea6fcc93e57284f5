/**
 * The origin of a portal, in the one spelling that browsers give it (RFC 6454 6.1): it stands under signatures.
 *
 * @packageDocumentation
 */
import { t } from '../schema.js';
import { shaped } from '../values/shape.js';

const label = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const host = `${label}(?:\\.${label})*`;
const secure = new RegExp(`^https://(${host})(?::([1-9]\\d{0,4}))?$`);
/** A developer's own machine, which browsers take for safe. */
const local = /^http:\/\/(localhost)(?::([1-9]\d{0,4}))?$/;

/**
 * `https://` and a host in lower case, in ASCII (names of other scripts as `xn--…`), without a dot at its end; a port where
 * it is not 443. No path, user or query. `http://` for `localhost` alone.
 */
export const isOrigin = (text: string): boolean => {
  if (text.length > 300) return false;
  const overHttps = secure.exec(text);
  const [, name = '', port] = overHttps ?? local.exec(text) ?? [];
  const usual = overHttps === null ? '80' : '443';
  return name !== '' && name.length <= 253 && port !== usual && Number(port ?? usual) <= 65_535;
};

/** As {@link isOrigin} has it. */
export const Origin = shaped(t.refinement(t.string, isOrigin, 'Origin'), {
  kind: 'text',
  longest: 300,
  format: 'uri',
});
