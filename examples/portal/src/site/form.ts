/**
 * What a form sent: names and texts, bounded.
 *
 * @packageDocumentation
 */
export interface FormFields {
  /** The last value of a name; `''` where there is none. */
  readonly text: (name: string) => string;
  readonly has: (name: string) => boolean;
  /** Every value of a name, as boxes send them. */
  readonly all: (name: string) => ReadonlyArray<string>;
}

/** An answer of a card is some thousand letters; nothing that a page asks for is longer. */
const longest = 131_072;

export const formOf = (body: string): FormFields => {
  const values = new Map<string, Array<string>>();
  for (const [name, value] of new URLSearchParams(body)) {
    const known = values.get(name);
    if (known === undefined) values.set(name, [value]);
    else known.push(value);
  }
  return {
    text: (name) => values.get(name)?.at(-1) ?? '',
    has: (name) => values.has(name),
    all: (name) => values.get(name) ?? [],
  };
};

export const emptyForm: FormFields = formOf('');

/** Reads the body of a form; `undefined` where it is something else, or too long. */
export const readForm = async (request: Request): Promise<FormFields | undefined> => {
  const type = request.headers.get('content-type') ?? '';
  if (!/^application\/x-www-form-urlencoded(?:;|$)/i.test(type) || request.body === null) return undefined;
  const parts: Array<Uint8Array> = [];
  let length = 0;
  const reader = request.body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      length += value.length;
      if (length > longest) {
        await reader.cancel();
        return undefined;
      }
      parts.push(value);
    }
  } catch {
    // The sender went away, or was too slow: nothing that an operator should look for.
    return undefined;
  }
  return formOf(Buffer.concat(parts).toString('utf8'));
};
