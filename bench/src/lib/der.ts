/** As much of DER as is needed to write what nobody should send. */

type Octets = Uint8Array<ArrayBuffer>;

export const join = (...parts: ReadonlyArray<Uint8Array>): Octets => Uint8Array.from(Buffer.concat(parts));

const lengthOf = (length: number): ReadonlyArray<number> =>
  length < 0x80
    ? [length]
    : length < 0x100
      ? [0x81, length]
      : length < 0x10000
        ? [0x82, length >> 8, length & 0xff]
        : [0x83, length >> 16, (length >> 8) & 0xff, length & 0xff];

/** One element of these contents. */
export const tlv = (tag: number, ...parts: ReadonlyArray<Uint8Array>): Octets => {
  const content = join(...parts);
  return join(Uint8Array.from([tag, ...lengthOf(content.length)]), content);
};

export const sequence = (...parts: ReadonlyArray<Uint8Array>): Octets => tlv(0x30, ...parts);
export const set = (...parts: ReadonlyArray<Uint8Array>): Octets => tlv(0x31, ...parts);
export const integer = (content: Uint8Array): Octets => tlv(0x02, content);
export const text = (value: string): Octets => tlv(0x0c, new TextEncoder().encode(value));
export const nothing: Octets = Uint8Array.of(5, 0);

/** An object identifier from its content octets. */
export const oid = (...content: ReadonlyArray<number>): Octets => tlv(0x06, Uint8Array.from(content));

/** An object identifier of 64 octets in one arc, another one for each number. */
export const longOid = (number: number): Octets =>
  oid(
    0x2a,
    ...Array.from({ length: 59 }, () => 0xff),
    0x80 | (number >> 21),
    0x80 | (number >> 14),
    0x80 | (number >> 7),
    number & 0x7f,
  );

/** The same element as often as it fits. */
export const filled = (bytes: number, part: Uint8Array): ReadonlyArray<Uint8Array> =>
  Array.from({ length: Math.max(0, Math.floor(bytes / part.length)) }, () => part);

/** Sequences in sequences, as deep as fits. */
export const nested = (bytes: number): Octets => {
  let inner: Octets = nothing;
  const parts: Uint8Array[] = [];
  let size = inner.length;
  while (size + 4 <= bytes) {
    const head = Uint8Array.from([0x30, ...lengthOf(size)]);
    parts.push(head);
    size += head.length;
  }
  inner = join(...parts.reverse(), inner);
  return inner;
};
