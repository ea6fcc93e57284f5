/**
 * The check digit that national IDs and resident numbers share (docs/gpki.md 9).
 *
 * @packageDocumentation
 */

/** Number of the first letter, A to Z: the order in which the counties were given their letters. */
const letterNumbers = [
  10, 11, 12, 13, 14, 15, 16, 17, 34, 18, 19, 20, 21, 22, 35, 23, 24, 25, 26, 27, 28, 29, 32, 30, 31, 33,
] as const;

const letterA = 65;
const digit0 = 48;

/** A letter counts by its number, a digit by itself. */
const valueAt = (id: string, index: number): number => {
  const code = id.charCodeAt(index);
  return code >= letterA ? (letterNumbers[code - letterA] ?? 0) : code - digit0;
};

/**
 * Whether the check digit of ten characters is right: the tens of the letter's number once and its units nine times,
 * then eight digits by 8, 7, … 1, then the check digit, make a multiple of ten. Of a letter in second place (old
 * resident numbers) the units count.
 *
 * The weights 8, 6, 5, 4 and 2 share a factor with ten: not every wrong digit is found.
 */
export const personalChecksumHolds = (id: string): boolean => {
  const letter = valueAt(id, 0);
  let sum = Math.floor(letter / 10) + (letter % 10) * 9 + (valueAt(id, 1) % 10) * 8 + valueAt(id, 9);
  for (let i = 2; i < 9; i++) sum += valueAt(id, i) * (9 - i);
  return sum % 10 === 0;
};
