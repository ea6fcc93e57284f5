/** Invented agencies and people, as many as are asked for. */
import { NationalId } from '@mandate/domain';

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** A code of five letters and digits. */
export const agencyCode = (index: number): string => index.toString(36).toUpperCase().padStart(5, '0');

/** A national ID with the right check digit. */
export const nationalId = (index: number): string => {
  const start = `A1${String(index).padStart(7, '0')}`;
  for (let check = 0; check < 10; check++) {
    const id = `${start}${check}`;
    if (NationalId.is(id)) return id;
  }
  throw new RangeError(`no national ID for ${index}`);
};

const surnames = '林陳張王李吳劉蔡楊許';
const given = '文明安平和順立本宜信';

/** A name of three characters; another number, mostly another name. */
export const personName = (index: number): string =>
  `${surnames[index % 10]}${given[Math.floor(index / 10) % 10]}${given[Math.floor(index / 100) % 10]}`;

/** A certificate serial of 32 hex digits. */
export const serial = (index: number): string =>
  `5A${digits.slice(index % 6, (index % 6) + 8).replace(/[G-Z]/g, 'A')}${index.toString(16).toUpperCase().padStart(22, '0')}`;
