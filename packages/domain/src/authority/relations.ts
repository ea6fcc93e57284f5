/**
 * Which clerks of an agency have to do with a person or a certificate, now or ever.
 *
 * @packageDocumentation
 */
import { createKeyTable } from './keys.js';
import { createRecords } from './records.js';

export interface Relation {
  /** Notes that this clerk (lane) of this agency has to do with `key`; again changes nothing. */
  readonly add: (agency: number, key: number, clerk: number) => void;
  /** The latest link, 0 where there is none. */
  readonly first: (agency: number, key: number) => number;
  readonly next: (link: number) => number;
  readonly clerk: (link: number) => number;
  readonly bytes: () => number;
}

export const createRelation = (): Relation => {
  const pairs = createKeyTable(2);
  const heads = createRecords(1);
  const links = createRecords(2);
  const key = new Uint32Array(2);

  return {
    add: (agency, of, clerk) => {
      key[0] = agency;
      key[1] = of;
      const pair = pairs.intern(key);
      if (pair > heads.count()) heads.add();
      const head = heads.get(pair, 0);
      for (let link = head; link !== 0; link = links.get(link, 1)) {
        if (links.get(link, 0) === clerk) return;
      }
      const link = links.add();
      links.set(link, 0, clerk);
      links.set(link, 1, head);
      heads.set(pair, 0, link);
    },
    first: (agency, of) => {
      key[0] = agency;
      key[1] = of;
      const pair = pairs.find(key);
      return pair === 0 ? 0 : heads.get(pair, 0);
    },
    next: (link) => links.get(link, 1),
    clerk: (link) => links.get(link, 0),
    bytes: () => pairs.bytes() + heads.bytes() + links.bytes(),
  };
};
