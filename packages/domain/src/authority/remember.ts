/**
 * Rows that were read not long ago, as they were told: one chain names the same event several times, and the next one about the
 * same agency names it again.
 *
 * @packageDocumentation
 */
import { createRecent } from '../register/recent.js';

/** About a kilobyte each. */
const most = 1024;

/** Reads rows that never change. What is handed out is frozen, for it is handed out again. */
export const remembering = <A extends object>(read: (row: number) => A): ((row: number) => Readonly<A>) => {
  const recent = createRecent<Readonly<A>, number>(most);
  return (row) => {
    const known = recent.get(row);
    if (known !== undefined) return known;
    const told = Object.freeze(read(row));
    recent.put(row, told);
    return told;
  };
};
