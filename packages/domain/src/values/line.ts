import type { t } from '../schema.js';
import { textValue } from './codec.js';
import { unprintable } from './text.js';

/** Printable ASCII that begins and ends with no space: it is what it should be, and nearly every identifier is such. */
const isPlain = (text: string): boolean => /^[!-~](?:[ -~]*[!-~])?$/.test(text);

/**
 * One line of free text, such as a reason or the name of an agency: NFC, trimmed, 1 to `longest` code points, without
 * control or invisible characters. Not branded. Fails with `TEXT_LENGTH` or `TEXT_CHARACTERS`.
 */
export const lineOfText = (longest: number, name = 'LineOfText'): t.Type<string, string, unknown> =>
  textValue<string>({
    name,
    isNormal: (text) =>
      (text.length <= longest && isPlain(text)) ||
      (text.length > 0 &&
        text.length <= longest * 2 &&
        !unprintable.test(text) &&
        [...text].length <= longest &&
        text.trim().normalize('NFC') === text),
    longest: longest * 4,
    tooLong: 'TEXT_LENGTH',
    normalise: (text) => text.trim().normalize('NFC'),
    malformed: 'TEXT_CHARACTERS',
    explain: (text) => ([...text].length > longest ? 'TEXT_LENGTH' : 'TEXT_CHARACTERS'),
  });
