/**
 * The lists of the manual, for every agency: 授權經辦人清單 and 憑證註冊收件紀錄 (GEPI-32, GEPI-51).
 *
 * @packageDocumentation
 */
import type { AgencyClerkList, AgencyRegistrations } from '@mandate/projections';
import { agencies } from '../world/cast.js';
import { type Reading, readOrThrow } from '../world/reading.js';

export interface Lists {
  readonly clerks: ReadonlyArray<AgencyClerkList>;
  readonly registrations: ReadonlyArray<AgencyRegistrations>;
}

const there = <A>(value: A | undefined): ReadonlyArray<A> => (value === undefined ? [] : [value]);

export const listsOf = async (reading: Reading): Promise<Lists> => {
  await reading.refresh();
  return {
    clerks: agencies.flatMap(({ code }) => there(readOrThrow(reading.clerkLists.ofAgency(code)))),
    registrations: agencies.flatMap(({ code }) => there(readOrThrow(reading.registrations.ofAgency(code)))),
  };
};
