/** CSVs of invented clerks. */
export const heading = '機關代號,姓名,身分證字號,憑證序號,權限';

export const serial = (n: number): string => `A${String(n).padStart(31, '0')}`;

/** National IDs whose check digit holds, invented. */
export const nationalId = (n: number): string => {
  const digits = `1${String(n).padStart(7, '0')}`;
  // A is 10: 1 × 1 + 0 × 9, then the digits by 8 … 1, then the check digit by 1.
  const sum = 1 + [...digits].reduce((total, digit, index) => total + Number(digit) * (8 - index), 0);
  return `A${digits}${(10 - (sum % 10)) % 10}`;
};

type Cell = 'agency' | 'name' | 'id' | 'serial' | 'functions';

/** A row that can be imported, but for what `parts` say otherwise. */
export const row = (n: number, parts: Partial<Record<Cell, string>> = {}): string =>
  [
    parts.agency ?? 'EX000',
    parts.name ?? '陳示範',
    parts.id ?? nationalId(n),
    parts.serial ?? serial(n),
    parts.functions ?? 'premium-edit',
  ].join(',');

const big5: ReadonlyMap<string, ReadonlyArray<number>> = (() => {
  const decoder = new TextDecoder('big5');
  const found = new Map<string, ReadonlyArray<number>>();
  for (let lead = 0xa1; lead <= 0xf9; lead += 1) {
    for (let trail = 0x40; trail <= 0xfe; trail += 1) {
      const character = decoder.decode(new Uint8Array([lead, trail]));
      if ([...character].length === 1 && !found.has(character)) found.set(character, [lead, trail]);
    }
  }
  return found;
})();

/** As older programs save it. */
export const inBig5 = (text: string): Uint8Array =>
  new Uint8Array([...text].flatMap((character) => big5.get(character) ?? [character.charCodeAt(0)]));
