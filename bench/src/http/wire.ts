/** As much of HTTP/1.1 as a load needs: it must cost less than the server that it loads. */

/** One answer as it came. */
export interface WireAnswer {
  readonly status: number;
  readonly body: Buffer;
}

export interface WireRequest {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** The octets of a request on a connection that is kept. */
export const octetsOf = ({ method, path, headers, body }: WireRequest): Buffer => {
  const text = body === undefined ? '' : JSON.stringify(body);
  const all = {
    host: '127.0.0.1',
    ...headers,
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(method === 'GET' ? {} : { 'content-length': String(Buffer.byteLength(text)) }),
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${text}`);
};

const headEnd = Buffer.from('\r\n\r\n');
const none = Buffer.alloc(0);

/** A status that never has a body (RFC 9110 6.4.1). */
const isBodiless = (status: number): boolean => status === 204 || status === 304;

/**
 * Reads answers off a connection, in whatever parts they come. Throws at what it cannot read: a body whose length does not stand
 * in its head.
 */
export const answerReader = (): ((part: Buffer) => ReadonlyArray<WireAnswer>) => {
  let rest: Buffer = none;
  return (part) => {
    rest = rest.length === 0 ? part : Buffer.concat([rest, part]);
    const answers: WireAnswer[] = [];
    for (;;) {
      const head = rest.indexOf(headEnd);
      if (head < 0) return answers;
      const text = rest.toString('latin1', 0, head);
      const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1]);
      const told = /\r\ncontent-length: *(\d+)/i.exec(text)?.[1];
      if (Number.isNaN(status) || (told === undefined && !isBodiless(status))) {
        throw new RangeError(`cannot be read: ${text.slice(0, 200)}`);
      }
      const from = head + headEnd.length;
      const to = from + (isBodiless(status) ? 0 : Number(told));
      if (rest.length < to) return answers;
      answers.push({ status, body: rest.subarray(from, to) });
      rest = rest.length === to ? none : rest.subarray(to);
    }
  };
};
