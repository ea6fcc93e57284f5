/**
 * Clerks of a CSV into the register: an append for each agency, all of its rows or none, and each row once for ever.
 *
 * @packageDocumentation
 */
import {
  type ClerkImporter,
  type Clock,
  createClerkImporter,
  derivedId,
  type PortalPolicy,
  registerErrors,
} from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import { type CliFault, cliFault } from '../fault.js';
import { type JudgeSettings, judgeRows, type Verdict } from './judge.js';
import type { ClerkRow, ReadRow } from './rows.js';

export interface ClerkImportSettings extends Omit<JudgeSettings, 'portal'> {
  readonly policy: PortalPolicy;
  readonly clock: Clock;
  /** The account of the member of staff who imports. */
  readonly staff: string;
  /** What the list is, in the operator's words; it stands in every event. */
  readonly source: string;
  /** SHA-256 of the file, in hex. */
  readonly file: string;
  readonly onRow?: ((done: number, total: number) => void) | undefined;
}

/** What became of a row: acknowledged by the register, there from an earlier import, or refused. */
export interface Outcome extends Verdict {
  readonly outcome: 'imported' | 'already' | 'refused';
}

interface NumberedClerk {
  readonly row: number;
  readonly clerk: ClerkRow;
}

/** By agency, in the order of the file: those of whom every row can be imported, and one at least was not yet. */
const agenciesOf = (
  verdicts: ReadonlyArray<Verdict>,
  rows: ReadonlyArray<ReadRow>,
): ReadonlyMap<string, ReadonlyArray<NumberedClerk>> => {
  const open = new Set(verdicts.flatMap(({ ok, already, agency }) => (ok && !already ? [agency] : [])));
  const agencies = new Map<string, Array<NumberedClerk>>();
  for (const { row, clerk } of rows) {
    if (clerk === undefined || !open.has(clerk.agency)) continue;
    const known = agencies.get(clerk.agency) ?? [];
    known.push({ row, clerk });
    agencies.set(clerk.agency, known);
  }
  return agencies;
};

const tooLarge: Verdict['faults'] = [{ code: 'AGENCY_TOO_LARGE', column: null }];

/** Where a server is set to take less than the register's own limit. */
const isTooLarge = (code: string, detail: string): boolean =>
  code === 'COMMAND_TOO_LARGE' || detail.startsWith('BATCH_INVALID');

const give = (
  importer: ClerkImporter,
  { policy, staff, source, file }: ClerkImportSettings,
  agencyCode: string,
  clerks: ReadonlyArray<NumberedClerk>,
) =>
  importer(
    {
      type: 'ImportClerks',
      // The same for the same import, so that one that was cut off between append and answer is answered as it was.
      commandId: derivedId('import clerks', JSON.stringify([policy.portal, agencyCode, file, source, staff])),
      agencyCode,
      source,
      file,
      clerks: clerks.map(({ row, clerk: { name, nationalId, serial, functions } }) => ({
        row,
        name,
        nationalId,
        serial,
        permissions: functions,
      })),
    },
    { staff },
  )();

/**
 * Judges all rows, then imports agency by agency. Left where register or vault do not answer: what was acknowledged before is
 * there, and the same call goes on with the rest. A rule that is broken only by then refuses the rows of its agency.
 */
export const importClerkRows = async (
  settings: ClerkImportSettings,
  rows: ReadonlyArray<ReadRow>,
): Promise<E.Either<CliFault, ReadonlyArray<Outcome>>> => {
  const { policy, store, vault, sha256, clock, onRow } = settings;
  const judged = await judgeRows({ portal: policy.portal, store, vault, sha256 }, rows);
  if (E.isLeft(judged)) return judged;
  const importer = createClerkImporter({ policy, store, vault, sha256, clock });
  const agencies = agenciesOf(judged.right, rows);
  const refusals = new Map<string, Verdict['faults']>();
  let done = 0;
  for (const [agency, clerks] of agencies) {
    const answer = await give(importer, settings, agency, clerks);
    if (E.isLeft(answer)) {
      const { code, detail = '' } = answer.left;
      const large = isTooLarge(code, detail);
      if (!large && registerErrors[code].status >= 500) {
        const full = detail.startsWith('STORE_FULL');
        return E.left(
          cliFault(
            full ? 'DISK_FULL' : 'STORE_FAULT',
            `${code} at ${agency}: ${detail}; ${done} rows before it are there`,
          ),
        );
      }
      refusals.set(agency, large ? tooLarge : [{ code, column: null }]);
    } else {
      done += clerks.length;
      onRow?.(done, rows.length);
    }
  }
  return E.right(
    judged.right.map((verdict): Outcome => {
      const refused = verdict.agency === undefined ? undefined : refusals.get(verdict.agency);
      if (!verdict.ok) return { ...verdict, outcome: 'refused' };
      if (verdict.already) return { ...verdict, outcome: 'already' };
      return refused === undefined
        ? { ...verdict, outcome: 'imported' }
        : { ...verdict, ok: false, faults: refused, outcome: 'refused' };
    }),
  );
};
