/**
 * What is written and read between a portal and an identity service of the kind of the Interior Ministry's ICSC.
 *
 * What such a service answers is known (docs/gpki.md 8); its format on the wire is not public. This is a JSON profile of
 * our own with the names that are known, and all of it is in this file, so that the real one can take its place:
 *
 * - Both ways an envelope `{"Payload", "Algorithm", "Signature"}`: Payload is base64 of UTF-8 JSON, and Signature is
 *   base64 of a signature over exactly those octets, so that nothing needs a canonical form. In an answer that TLS
 *   proves, Algorithm and Signature may be missing.
 * - A question: `{"ClientID", "Nonce", "ReqTime", "Records": [{"SerialNumber", "ID"}]}`, 1 to 1,000 records. ClientID is
 *   the thumbprint of the client's certificate in lower-case hexadecimal, ReqTime an ISO 8601 instant in UTC.
 * - An answer: `{"Nonce", "Question", "Error", "Results"}`: the nonce of the question, and the SHA-256 of its payload in
 *   lower-case hexadecimal; 0, or the number of an error; one number for each record, in the same order, none after an
 *   error.
 *
 * @packageDocumentation
 */

/** What is asked: whether a certificate's subject serial number (16 digits) belongs to a national ID. */
export interface IdentityPair {
  readonly subjectSerialNumber: string;
  readonly nationalId: string;
}

/** A service takes no more at a time. */
export const maxPairs = 1000;

export interface IdentityRequest {
  readonly clientId: string;
  readonly nonce: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly pairs: ReadonlyArray<IdentityPair>;
}

export interface IdentityReply {
  readonly nonce: string;
  /** SHA-256 of the payload of the question: whoever else asks with the same nonce gets another answer. */
  readonly question: string;
  /** 0, or 1001…1023 (server) and 2001…2017 (what was sent could not be read). */
  readonly error: number;
  /** 0 fits and opened, 1 no such pair, 2 only a card that was not opened, 999 database. */
  readonly results: ReadonlyArray<number>;
}

/** What is signed, and the signature. */
export interface Sealed {
  readonly payload: Uint8Array;
  readonly algorithm: string | undefined;
  readonly signature: Uint8Array | undefined;
}

// -------------------------------------------------------------------------------------
// JSON
// -------------------------------------------------------------------------------------

type Bag = Readonly<Record<string, unknown>>;

/** An object's own member; a JSON text may name `__proto__` as well. */
const member = (bag: Bag, name: string): unknown => (Object.hasOwn(bag, name) ? bag[name] : undefined);

const isBag = (value: unknown): value is Bag =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const toOctets = (value: Bag): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

const fromOctets = (octets: Uint8Array): Bag | undefined => {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(octets));
    return isBag(value) ? value : undefined;
  } catch {
    return undefined;
  }
};

const toBase64 = (octets: Uint8Array): string => Buffer.from(octets).toString('base64');

const fromBase64 = (value: unknown): Uint8Array | undefined => {
  if (typeof value !== 'string' || value.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(value)) {
    return undefined;
  }
  return new Uint8Array(Buffer.from(value, 'base64'));
};

// -------------------------------------------------------------------------------------
// envelope
// -------------------------------------------------------------------------------------

export const encodeSealed = ({ payload, algorithm, signature }: Sealed): Uint8Array =>
  toOctets({
    Payload: toBase64(payload),
    ...(algorithm === undefined ? {} : { Algorithm: algorithm }),
    ...(signature === undefined ? {} : { Signature: toBase64(signature) }),
  });

/** `undefined` for everything that is no envelope. */
export const decodeSealed = (octets: Uint8Array): Sealed | undefined => {
  const bag = fromOctets(octets);
  if (bag === undefined) return undefined;
  const payload = fromBase64(member(bag, 'Payload'));
  const algorithm = member(bag, 'Algorithm');
  const signature = member(bag, 'Signature');
  if (payload === undefined || (algorithm !== undefined && typeof algorithm !== 'string')) return undefined;
  if (signature === undefined) return { payload, algorithm, signature };
  const read = fromBase64(signature);
  return read === undefined ? undefined : { payload, algorithm, signature: read };
};

// -------------------------------------------------------------------------------------
// question
// -------------------------------------------------------------------------------------

export const encodeRequest = ({ clientId, nonce, at, pairs }: IdentityRequest): Uint8Array =>
  toOctets({
    ClientID: clientId,
    Nonce: nonce,
    ReqTime: new Date(at).toISOString(),
    Records: pairs.map(({ subjectSerialNumber, nationalId }) => ({
      SerialNumber: subjectSerialNumber,
      ID: nationalId,
    })),
  });

const pairOf = (value: unknown): IdentityPair | undefined => {
  if (!isBag(value)) return undefined;
  const [subjectSerialNumber, nationalId] = [member(value, 'SerialNumber'), member(value, 'ID')];
  return typeof subjectSerialNumber === 'string' && typeof nationalId === 'string'
    ? { subjectSerialNumber, nationalId }
    : undefined;
};

/** `undefined` for what is no question; how many records it has is for the service to judge. */
export const decodeRequest = (payload: Uint8Array): IdentityRequest | undefined => {
  const bag = fromOctets(payload);
  if (bag === undefined) return undefined;
  const [clientId, nonce, time] = [member(bag, 'ClientID'), member(bag, 'Nonce'), member(bag, 'ReqTime')];
  const records = member(bag, 'Records');
  if (typeof clientId !== 'string' || typeof nonce !== 'string' || typeof time !== 'string') return undefined;
  const at = Date.parse(time);
  if (!Array.isArray(records) || Number.isNaN(at)) return undefined;
  const pairs = records.map(pairOf).filter((pair) => pair !== undefined);
  return pairs.length === records.length ? { clientId, nonce, at, pairs } : undefined;
};

// -------------------------------------------------------------------------------------
// answer
// -------------------------------------------------------------------------------------

export const encodeReply = ({ nonce, question, error, results }: IdentityReply): Uint8Array =>
  toOctets({ Nonce: nonce, Question: question, Error: error, Results: results });

const isCount = (value: unknown): value is number => Number.isSafeInteger(value);

/** `undefined` for what is no answer. A number that is a text is none: `"0"` must not become a match. */
export const decodeReply = (payload: Uint8Array): IdentityReply | undefined => {
  const bag = fromOctets(payload);
  if (bag === undefined) return undefined;
  const [nonce, question] = [member(bag, 'Nonce'), member(bag, 'Question')];
  const [error, results] = [member(bag, 'Error'), member(bag, 'Results')];
  if (typeof nonce !== 'string' || typeof question !== 'string') return undefined;
  return isCount(error) && Array.isArray(results) && results.every(isCount)
    ? { nonce, question, error, results }
    : undefined;
};
