/**
 * 查詢憑證註冊收件紀錄 (GEPI-51): by agency code, without a card.
 *
 * @packageDocumentation
 */
import type { ReviewStatus } from '@mandate/domain';
import { all, one } from '../reading/question.js';
import type { Answer, Answering, ReadModelsOf } from '../reading/read-models.js';
import { registrationHistory } from './projection.js';

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** What is on record of an agency: 機關名稱, and for each thing received 收件時間 and 註冊項目. */
export interface AgencyRegistrations {
  readonly agencyCode: string;
  readonly agencyName: string;
  /** In the order in which they were received. */
  readonly items: ReadonlyArray<RegistrationItem>;
}

/**
 * `completed`: it was carried out. Every other status is that of an application, and so of its review (GEPI-24…26,
 * GEPI-50); one that is `used` is followed by what it led to.
 */
export type RegistrationStatus = 'completed' | ReviewStatus;

export interface RegistrationItem {
  /** 收件時間: ISO 8601, UTC. */
  readonly receivedAt: string;
  /**
   * 註冊項目: the purpose of the policy (`first-registration`, `replace-agency`, `replace-manager`, `replace-both`), or
   * `new-manager` where the manager's card was replaced by another person's (GEPI-49).
   */
  readonly item: string;
  /** True where another person became manager. */
  readonly newManager: boolean;
  readonly status: RegistrationStatus;
  /** The review it waits for or came from. */
  readonly review: string | null;
  readonly decidedAt: string | null;
  /** From when an approval may be used. */
  readonly validFrom: string | null;
}

/** Histories of one portal. */
export interface RegistrationHistories<F extends Answering = 'Either'> {
  /** `undefined` for an agency of which nothing was ever received. */
  readonly ofAgency: (agencyCode: string) => Answer<F, AgencyRegistrations | undefined>;
}

// -------------------------------------------------------------------------------------
// query
// -------------------------------------------------------------------------------------

interface Row {
  readonly received_at: string;
  readonly item: string;
  readonly new_manager: number;
  readonly status: RegistrationStatus;
  readonly review: string | null;
  readonly decided_at: string | null;
  readonly valid_from: string | null;
}

const toItem = (row: Row): RegistrationItem => ({
  receivedAt: row.received_at,
  item: row.item,
  newManager: row.new_manager === 1,
  status: row.status,
  review: row.review,
  decidedAt: row.decided_at,
  validFrom: row.valid_from,
});

/** Asks the live `registration-history` of a portal. */
export const registrationHistories = <F extends Answering>(
  read: ReadModelsOf<F>,
  portal: string,
): RegistrationHistories<F> => ({
  ofAgency: (agencyCode) =>
    read.ask(registrationHistory, function* () {
      const agency = yield* one<{ name: string }>(
        'SELECT name FROM {agencies} WHERE portal = ? AND agency = ?',
        portal,
        agencyCode,
      );
      if (agency === undefined) return undefined;
      const rows = yield* all<Row>(
        `SELECT received_at, item, new_manager, status, review, decided_at, valid_from
         FROM {items} WHERE portal = ? AND agency = ? ORDER BY revision`,
        portal,
        agencyCode,
      );
      return { agencyCode, agencyName: agency.name, items: rows.map(toItem) };
    }),
});
