/** Big5 as the NHI card writes names. Node reads it and does not write it, so the table is turned round once. */
const table = (): ReadonlyMap<string, readonly [number, number]> => {
  const reader = new TextDecoder('big5', { fatal: true });
  const found = new Map<string, readonly [number, number]>();
  for (let high = 0xa1; high <= 0xf9; high += 1) {
    for (let low = 0x40; low <= 0xfe; low += 1) {
      try {
        const character = reader.decode(Uint8Array.of(high, low));
        if (!found.has(character)) found.set(character, [high, low]);
      } catch {
        // no character has this code
      }
    }
  }
  return found;
};

let encoder: ReadonlyMap<string, readonly [number, number]> | undefined;

/** Octets of a name; `?` for what Big5 does not have. */
export const big5 = (text: string): Uint8Array => {
  encoder ??= table();
  const codes = encoder;
  return Uint8Array.from(
    [...text].flatMap((character) => {
      const code = character.codePointAt(0) ?? 0x3f;
      return code < 0x80 ? [code] : (codes.get(character) ?? [0x3f]);
    }),
  );
};
