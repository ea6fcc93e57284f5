/**
 * Whom an address stands for, when requests are counted.
 *
 * @packageDocumentation
 */

const groups = (text: string): ReadonlyArray<string> => (text === '' ? [] : text.split(':'));

/**
 * The key of an address. Whoever has an IPv6 address has at least a /64 of them, so it is the network that counts (RFC 6177);
 * an IPv4 address in IPv6 (RFC 4291 2.5.5.2) is the IPv4 address. What is no address counts as it is.
 */
export const addressKey = (address: string): string => {
  const [text = ''] = address
    .trim()
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .split('%');
  const mapped = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/.exec(text)?.[1];
  if (mapped !== undefined) return mapped;
  if (!text.includes(':') || !/^[0-9a-f:.]+$/.test(text)) return text.slice(0, 100);
  const [before = '', after] = text.split('::');
  const head = groups(before);
  const tail = after === undefined ? [] : groups(after);
  const filled = [...head, ...Array<string>(Math.max(0, 8 - head.length - tail.length)).fill('0'), ...tail];
  return `${filled
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
};
