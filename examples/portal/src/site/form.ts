/**
 * What a form sent: names and texts, bounded.
 *
 * @packageDocumentation
 */
/** A file of a form. */
export interface SentFile {
  readonly name: string;
  readonly body: Uint8Array<ArrayBuffer>;
}

export interface FormFields {
  /** Files that were chosen, by the name of their field; none in a form of texts. */
  readonly files: (name: string) => ReadonlyArray<SentFile>;
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
    files: () => [],
  };
};

export const emptyForm: FormFields = formOf('');

/** Two documents as a scanner makes them. */
const longestWithFiles = 6 * 1024 * 1024;

/** A form with files in it. */
const withFiles = async (body: Uint8Array<ArrayBuffer>, type: string): Promise<FormFields | undefined> => {
  try {
    const sent = await new Response(body, { headers: { 'content-type': type } }).formData();
    const texts = new URLSearchParams();
    const files = new Map<string, ReadonlyArray<SentFile>>();
    for (const [name, value] of sent) {
      if (typeof value === 'string') texts.append(name, value);
      else if (value.size > 0) {
        const file = { name: value.name, body: new Uint8Array(await value.arrayBuffer()) };
        files.set(name, [...(files.get(name) ?? []), file]);
      }
    }
    return { ...formOf(texts.toString()), files: (name) => files.get(name) ?? [] };
  } catch {
    return undefined;
  }
};

/** Reads the body of a form; `undefined` where it is something else, or too long. Files are taken at addresses that want some. */
export const readForm = async (request: Request, takesFiles = false): Promise<FormFields | undefined> => {
  const type = request.headers.get('content-type') ?? '';
  if (request.body === null) return undefined;
  const multipart = takesFiles && /^multipart\/form-data(?:;|$)/i.test(type);
  if (!multipart && !/^application\/x-www-form-urlencoded(?:;|$)/i.test(type)) return undefined;
  const most = multipart ? longestWithFiles : longest;
  const parts: Array<Uint8Array> = [];
  let length = 0;
  const reader = request.body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      length += value.length;
      if (length > most) {
        await reader.cancel();
        return undefined;
      }
      parts.push(value);
    }
  } catch {
    // The sender went away, or was too slow: nothing that an operator should look for.
    return undefined;
  }
  const whole = Buffer.concat(parts);
  return multipart ? withFiles(new Uint8Array(whole), type) : formOf(whole.toString('utf8'));
};
