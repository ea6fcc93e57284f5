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
