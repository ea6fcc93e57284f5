/**
 * The lists of the manual, for every agency: 授權經辦人清單 and 憑證註冊收件紀錄 (GEPI-32, GEPI-51); the certificates
 * on record, and who will be locked out.
 *
 * @packageDocumentation
 */
import type { AgencyClerkList, AgencyRegistrations, HeldCertificate } from '@mandate/projections';
import { agencies } from '../world/cast.js';
import { personName } from '../world/names.js';
import { type Reading, readOrThrow } from '../world/reading.js';
import { foretell, type NamedLockout } from './forecast.js';

export interface Lists {
  readonly clerks: ReadonlyArray<AgencyClerkList>;
  readonly registrations: ReadonlyArray<AgencyRegistrations>;
  /** Certificates that are on record now, of all agencies. */
  readonly certificates: ReadonlyArray<NamedCertificate>;
  readonly forecast: ReadonlyArray<NamedLockout>;
}

/** `name`: the holder's, `null` for the agency's own certificate. */
export interface NamedCertificate extends HeldCertificate {
  readonly name: string | null;
}

const there = <A>(value: A | undefined): ReadonlyArray<A> => (value === undefined ? [] : [value]);

/** `now`: the story's time. */
export const listsOf = async (reading: Reading, now: number): Promise<Lists> => {
  await reading.refresh();
  return {
    clerks: agencies.flatMap(({ code }) => there(readOrThrow(reading.clerkLists.ofAgency(code)))),
    registrations: agencies.flatMap(({ code }) => there(readOrThrow(reading.registrations.ofAgency(code)))),
    certificates: agencies.flatMap(({ code }) =>
      readOrThrow(reading.certificates.ofAgency(code))
        .filter((held) => held.status === 'current')
        .map((held) => ({ ...held, name: held.person === null ? null : personName(reading, held.person) })),
    ),
    forecast: foretell(reading, now),
  };
};
