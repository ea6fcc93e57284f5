/** A dotted version: `1.3.4.103321`. */
const dotted = /^\d{1,9}(\.\d{1,9}){0,7}$/;

/**
 * Whether `found` is older than `wanted`, number by number: 1.3.4.13 is newer than 1.3.4.9. What is no version is older
 * than any.
 */
export const isOlder = (found: string, wanted: string): boolean => {
  if (!dotted.test(found)) return true;
  const [a, b] = [found.split('.').map(Number), wanted.split('.').map(Number)];
  for (let at = 0; at < Math.max(a.length, b.length); at += 1) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
};
