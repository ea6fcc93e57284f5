/**
 * JSON texts that can be read in two ways.
 *
 * @packageDocumentation
 */

/** A string of JSON, and whether it names a member. */
const strings = /"(?:[^"\\]|\\.)*"(\s*:)?/gu;

const namesIn = (json: string): number => {
  let names = 0;
  for (const [, colon] of json.matchAll(strings)) if (colon !== undefined) names += 1;
  return names;
};

/** Members of all objects in a text, as they are when it has been read; it throws where that is no JSON, or nested too deep. */
const membersOf = (json: string): number => {
  let members = 0;
  JSON.parse(json, function count(this: unknown, _name, value) {
    if (!Array.isArray(this)) members += 1;
    return value;
  });
  // The whole is a member of what holds it.
  return members - 1;
};

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

/**
 * Whether a JSON text says one thing twice, in whatever spelling and however deep. Readers of JSON differ in which of them
 * they hear (RFC 8259 4). Also `true` for what is nested too deep to be looked at, and never for what is no JSON.
 */
export const saysTwice = (text: string): boolean => {
  try {
    const members = membersOf(text);
    // Only now: in what is no JSON, strings without an end would be looked for again and again.
    return namesIn(text) !== members;
  } catch {
    return isJson(text);
  }
};

/** Without blanks between, and every string in its shortest spelling. */
const compact = (json: string): string =>
  json.replace(/"(?:[^"\\]|\\.)*"|\s+/gu, (part) =>
    part.startsWith('"') ? JSON.stringify(JSON.parse(part)) : '',
  );

/**
 * Whether what was read says all that a JSON text says: no number was rounded or written anew, no order changed, nothing
 * dropped.
 */
export const isFaithful = (text: string, read: unknown): boolean => {
  try {
    return compact(text) === JSON.stringify(read);
  } catch {
    return false;
  }
};
