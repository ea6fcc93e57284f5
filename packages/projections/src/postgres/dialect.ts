/**
 * Statements of questions, as PostgreSQL spells them.
 *
 * @packageDocumentation
 */
import type { SqlValue, SqlValues } from '../projection.js';

/** A statement with `$1`, `$2` … */
export interface PostgresStatement {
  readonly text: string;
  readonly values: ReadonlyArray<SqlValue>;
}

// Quoted texts are matched first, so that a `?` inside one stays.
const marks = /'(?:[^']|'')*'|\{([a-z_]+)\}|\?|@([A-Za-z_]\w*)/g;

/** Types are said: PostgreSQL does not guess that of a parameter which is only compared with NULL. */
const typeOf = (value: SqlValue | undefined): string => {
  if (typeof value !== 'number') return 'text';
  return Number.isSafeInteger(value) ? 'bigint' : 'double precision';
};

/** Turns `{table}`, `?` and `@name` round. `tableOf` gives a table's full name. */
export const toPostgres = (
  sql: string,
  given: SqlValues,
  tableOf: (table: string) => string,
): PostgresStatement => {
  const [first] = given;
  const named: Readonly<Record<string, SqlValue>> = typeof first === 'object' && first !== null ? first : {};
  const inOrder = typeof first === 'object' && first !== null ? [] : (given as ReadonlyArray<SqlValue>);
  const values: SqlValue[] = [];
  const places = new Map<string, string>();
  let next = 0;
  const place = (value: SqlValue | undefined): string => {
    // As SQLite has it: no number is no value.
    values.push(typeof value === 'number' && Number.isNaN(value) ? null : (value ?? null));
    return `$${values.length}::${typeOf(value)}`;
  };
  const text = sql.replace(marks, (mark: string, table?: string, name?: string) => {
    if (table !== undefined) return tableOf(table);
    if (mark === '?') return place(inOrder[next++]);
    if (name === undefined) return mark;
    const known = places.get(name);
    if (known !== undefined) return known;
    const made = place(Object.hasOwn(named, name) ? named[name] : null);
    places.set(name, made);
    return made;
  });
  return { text, values };
};
