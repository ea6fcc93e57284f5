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

/** A subtree of mail or URI: `.domain` is what is below it, `host` that host alone. */
export const hostMatches = (host: string, base: string): boolean => {
  const rule = base.toLowerCase();
  return rule.startsWith('.') ? isBelow(host, rule.slice(1)) : host === rule;
};
