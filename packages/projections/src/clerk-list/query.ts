/**
 * Asking for an agency's clerks (GEPI-32).
 *
 * @packageDocumentation
 */
import type { HolderCredential, IdentityProof } from '@mandate/domain';
import { all, one } from '../reading/question.js';
import type { Answer, Answering, ReadModelsOf } from '../reading/read-models.js';
import { fromJson } from '../support/rows.js';
import { clerkList } from './projection.js';

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** 授權經辦人清單: 機關代號, 機關名稱, 授權管理者姓名, and a row for each clerk. */
export interface AgencyClerkList {
  readonly agencyCode: string;
  readonly agencyName: string;
  readonly agencyStatus: 'registered' | 'suspended' | 'deregistered';
  /**
   * From when a registered agency can be used, where staff opened it again from a later time on (NHI-19); ISO, UTC. It is
   * closed until then, and the list has no clock: who shows it compares.
   */
  readonly opensAt: string | null;
  /** `null` where there is no manager, or the person was forgotten. */
  readonly managerName: string | null;
  readonly rows: ReadonlyArray<ClerkRow>;
}

export interface ClerkRow {
  /** 序號, from 1, in the order of authorisation. */
  readonly number: number;
  readonly clerk: string;
  /** Pseudonym. */
  readonly person: string;
  /** 姓名; `null` where the person was forgotten. */
  readonly name: string | null;
  /** 身分證統一編號; `null` where the person was forgotten. */
  readonly nationalId: string | null;
  readonly credential: HolderCredential;
  readonly identityProof: IdentityProof;
  /** Function codes, sorted. */
  readonly permissions: ReadonlyArray<string>;
}

/** Lists of one portal. */
export interface ClerkLists<F extends Answering = 'Either'> {
  /** `undefined` for an agency that was never registered. */
  readonly ofAgency: (agencyCode: string) => Answer<F, AgencyClerkList | undefined>;
}

// -------------------------------------------------------------------------------------
// query
// -------------------------------------------------------------------------------------

interface AgencyRow {
  readonly name: string;
  readonly status: AgencyClerkList['agencyStatus'];
  readonly opens_at: string | null;
  readonly manager_name: string | null;
}

interface StoredClerk {
  readonly clerk: string;
  readonly person: string;
  readonly name: string | null;
  readonly national_id: string | null;
  readonly credential: string;
  readonly identity_proof: ClerkRow['identityProof'];
  readonly permissions: string;
}

const toRow = (row: StoredClerk, index: number): ClerkRow => ({
  number: index + 1,
  clerk: row.clerk,
  person: row.person,
  name: row.name,
  nationalId: row.national_id,
  credential: fromJson(row.credential),
  identityProof: row.identity_proof,
  permissions: fromJson(row.permissions),
});

/** Asks the live `clerk-list` of a portal. */
export const clerkLists = <F extends Answering>(read: ReadModelsOf<F>, portal: string): ClerkLists<F> => ({
  ofAgency: (agencyCode) =>
    read.ask(clerkList, function* () {
      const agency = yield* one<AgencyRow>(
        'SELECT name, status, opens_at, manager_name FROM {agencies} WHERE portal = ? AND agency = ?',
        portal,
        agencyCode,
      );
      if (agency === undefined) return undefined;
      const clerks = yield* all<StoredClerk>(
        `SELECT clerk, person, name, national_id, credential, identity_proof, permissions
         FROM {clerks} WHERE portal = ? AND agency = ? ORDER BY since, clerk`,
        portal,
        agencyCode,
      );
      return {
        agencyCode,
        agencyName: agency.name,
        agencyStatus: agency.status,
        opensAt: agency.opens_at,
        managerName: agency.manager_name,
        rows: clerks.map(toRow),
      };
    }),
});
