/**
 * JSON that others have kept, and may have changed.
 *
 * @packageDocumentation
 */

/** Never throws: `undefined`, which no JSON stands for, where the text is none. */
export const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
