/** Host names as name constraints compare them (RFC 5280 4.2.1.10): by labels, from the right, without case. */

/**
 * Lower case, or undefined for what is not labels between dots: an empty label, an escape or a port would let a name
 * pass beside the subtree that excludes it.
 */
export const hostOf = (text: string): string | undefined => {
  const host = text.toLowerCase();
  return /^[^\s@/:%\\[\].]+(\.[^\s@/:%\\[\].]+)*$/.test(host) ? host : undefined;
};

export const isIpv4 = (host: string): boolean => /^[0-9]+(\.[0-9]+){3}$/.test(host);

/** `www.agency.invalid` below `agency.invalid`. */
export const isBelow = (host: string, domain: string): boolean => host.endsWith(`.${domain}`);

/** The host of a subtree. A wildcard has no meaning in one, and an empty text one for host names alone. */
export const hostOfBase = (text: string): string | undefined => {
  const host = hostOf(text);
  return host === undefined || host.includes('*') ? undefined : host;
};

/** A subtree of mail or URI: `.domain` is what is below it, `host` that host alone. Undefined for what is neither. */
export const hostMatches = (host: string, base: string): boolean | undefined => {
  const below = base.startsWith('.');
  const rule = hostOfBase(below ? base.slice(1) : base);
  if (rule === undefined) return undefined;
  return below ? isBelow(host, rule) : host === rule;
};
