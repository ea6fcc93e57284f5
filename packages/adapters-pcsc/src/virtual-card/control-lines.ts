/** What `mandate-virtual-card` is told on its standard input: one JSON object a line. */
import type { Mischief } from './mischief.js';

export type ControlLine =
  | { readonly do: 'insert' | 'pull' | 'behave' | 'quit' }
  | { readonly do: 'misbehave'; readonly mischief: Mischief };

type Fields = Readonly<Record<string, unknown>>;

const fieldsOf = (line: string): Fields | undefined => {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
};

const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 65_535;

const isDuring = (value: unknown): value is Mischief['during'] =>
  value === 'verify' || value === 'sign' || value === 'write' || value === 'other' || value === 'any';

const isHex = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= 131_070 && /^([0-9a-f]{2})*$/i.test(value);

const mischiefOf = ({ during = 'any', milliseconds, octets, hex, ...rest }: Fields): Mischief | undefined => {
  const type = rest['type'];
  if (!isDuring(during)) return undefined;
  if (type === 'pull' || type === 'hang') return { type, during };
  if (type === 'slow' && isCount(milliseconds)) return { type, during, milliseconds };
  if ((type === 'garbage' || type === 'truncate') && isCount(octets)) return { type, during, octets };
  return type === 'answer' && isHex(hex) ? { type, during, hex } : undefined;
};

/** The line's meaning, or `undefined` where it has none. */
export const controlLine = (line: string): ControlLine | undefined => {
  const fields = fieldsOf(line);
  if (fields === undefined) return undefined;
  const what = fields['do'];
  if (what === 'insert' || what === 'pull' || what === 'behave' || what === 'quit') return { do: what };
  const mischief = what === 'misbehave' ? mischiefOf(fields) : undefined;
  return mischief === undefined ? undefined : { do: 'misbehave', mischief };
};
