/**
 * What is said of the rows of a file: a line for each thing that is wrong, and never what stands in a cell.
 *
 * @packageDocumentation
 */
import type { Answer, Session } from '../command.js';
import { rowTexts } from './codes.js';
import type { Outcome } from './import.js';
import type { Verdict } from './judge.js';
import type { Encoding } from './text.js';

const linesOf = (verdicts: ReadonlyArray<Verdict>, { say }: Session): string =>
  verdicts
    .flatMap(({ row, agency, faults }) =>
      faults.map(({ code, column }) => {
        const { zh, en } = rowTexts(code);
        const where = [agency, column].filter((one) => one !== undefined && one !== null).join(' ');
        return `${row} ${where}${where === '' ? '' : ' '}${code}: ${say(zh, en)}\n`;
      }),
    )
    .join('');

const rowOf = ({ row, agency, ok, already, faults }: Verdict) => ({
  row,
  agency: agency ?? null,
  ok,
  already,
  faults: faults.map((fault) => ({ ...fault, ...rowTexts(fault.code) })),
});

/** Of rows that were judged. */
export const answerOfCheck = (
  verdicts: ReadonlyArray<Verdict>,
  encoding: Encoding,
  session: Session,
): Answer => {
  const refused = verdicts.filter(({ ok }) => !ok).length;
  const already = verdicts.filter((verdict) => verdict.already).length;
  const open = verdicts.length - refused - already;
  const counts = session.say(
    `共 ${verdicts.length} 列(${encoding}),可匯入 ${open} 列,先前已匯入 ${already} 列,不符 ${refused} 列\n`,
    `${verdicts.length} rows (${encoding}), ${open} can be imported, ${already} are there already, ${refused} cannot\n`,
  );
  return {
    exit: refused === 0 ? 0 : 1,
    json: { encoding, rows: verdicts.map(rowOf) },
    text: `${linesOf(verdicts, session)}${counts}`,
  };
};

/** Of rows that were imported, or not. */
export const answerOfImport = (
  outcomes: ReadonlyArray<Outcome>,
  file: { readonly encoding: Encoding; readonly digest: string },
  session: Session,
): Answer => {
  const many = (wanted: Outcome['outcome']): number =>
    outcomes.filter(({ outcome }) => outcome === wanted).length;
  const [imported, already, refused] = [many('imported'), many('already'), many('refused')];
  const counts = session.say(
    `共 ${outcomes.length} 列(${file.encoding}),已匯入 ${imported} 列,先前已匯入 ${already} 列,拒絕 ${refused} 列\n`,
    `${outcomes.length} rows (${file.encoding}), ${imported} imported, ${already} were there already, ${refused} refused\n`,
  );
  return {
    exit: refused === 0 ? 0 : 1,
    json: {
      encoding: file.encoding,
      file: file.digest,
      imported,
      already,
      refused,
      rows: outcomes.map((one) => ({ ...rowOf(one), outcome: one.outcome })),
    },
    text: `${linesOf(outcomes, session)}${counts}`,
  };
};
