/**
 * `mandate import`.
 *
 * @packageDocumentation
 */
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { memoryEventStore, memoryEvidenceStore, nodeSha256 } from '@mandate/adapters-eventstore';
import type { EventStore, EvidenceStore } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import type { Command } from '../command.js';
import { type CliFault, cliFault, fromStoreFault } from '../fault.js';
import { isRegisterFolder, openEvents, openEvidence } from '../register/open.js';
import { type Imported, importRegister } from '../transfer/import.js';

/** True where the register is to be made: there is no file of events, or one that a killed import had only begun. */
const isToBeMade = (address: string): boolean =>
  isRegisterFolder(address) &&
  (statSync(join(address, 'events.db'), { throwIfNoEntry: false })?.size ?? 0) === 0;

/** The register to fill. */
interface Target {
  readonly events: EventStore;
  readonly evidence: EvidenceStore | undefined;
  readonly largestAppend: number | undefined;
  readonly close: () => Promise<void>;
}

/** What a register is that is not there yet: empty. */
const emptyTarget = (): Target => ({
  events: memoryEventStore(),
  evidence: memoryEvidenceStore(),
  largestAppend: undefined,
  close: async () => undefined,
});

const openTarget = async (
  address: string,
  folder: string | undefined,
  dryRun: boolean,
): Promise<E.Either<CliFault, Target>> => {
  const access = dryRun ? 'read' : 'make';
  const opened = await openEvents(address, access);
  if (E.isLeft(opened)) return opened;
  const { events, largestAppend } = opened.right;
  const evidence = folder === undefined ? E.right(undefined) : await openEvidence(folder, access);
  if (E.isLeft(evidence)) {
    await events.close();
    return evidence;
  }
  return E.right({
    events,
    largestAppend,
    // A dry run makes no place for what it does not write.
    evidence: evidence.right ?? opened.right.evidence ?? (dryRun ? memoryEvidenceStore() : undefined),
    close: async () => {
      await evidence.right?.close();
      await events.close();
    },
  });
};

export const importCommand: Command = {
  name: 'import',
  zh: '將匯出檔匯入空的登記簿;中斷後再執行同一指令即可續傳',
  en: 'bring an export into an empty register; the same command goes on after it was cut off',
  operands: '<file>',
  options: {
    to: {
      value: 'register',
      required: true,
      zh: '目的登記簿:資料夾或網址',
      en: 'the register to fill: a folder, or an address',
    },
    evidence: {
      value: 'folder',
      zh: '存放佐證資料的資料夾(預設與登記簿相同)',
      en: 'the folder for the evidence, where it is not that of the register',
    },
    'dry-run': { zh: '只檢查,不寫入', en: 'verify and compare, write nothing' },
  },
  run: async (given, session) => {
    const [file = ''] = given.operands;
    const to = given.needed('to');
    const dryRun = given.isSet('dry-run');
    // Before a register is made for it.
    if (!existsSync(file)) return E.left(cliFault('FILE_FAULT', `${file} is not there`));
    const folder = given.text('evidence') ?? (isRegisterFolder(to) ? to : undefined);
    const checking = session.progress('檢查', 'checking');
    const writing = session.progress('匯入', 'importing');
    const fill = ({ events, evidence, largestAppend }: Target, plan: Imported | undefined, isDry: boolean) =>
      importRegister({
        ...{ file, events, evidence, largestAppend, plan, sha256: nodeSha256, dryRun: isDry },
        onEvent: (stage, count, total) => (stage === 'checking' ? checking : writing).tell(count, total),
      });
    const carryOut = async (): Promise<E.Either<CliFault, Imported>> => {
      // A register is made when the file was found good: a folder with nothing in it would be in the way of the next one.
      const isNew = isToBeMade(to);
      const plan = isNew ? await fill(emptyTarget(), undefined, true) : E.right(undefined);
      if (E.isLeft(plan)) return plan;
      if (dryRun && plan.right !== undefined) return E.right(plan.right);
      const target = await openTarget(to, folder, dryRun);
      if (E.isLeft(target)) return target;
      const head = isNew ? await target.right.events.head()() : E.right(undefined);
      const answer = E.isLeft(head)
        ? E.left(fromStoreFault(head.left))
        : head.right !== undefined
          ? E.left(cliFault('TARGET_CHANGED', to))
          : await fill(target.right, plan.right, dryRun);
      await target.right.close();
      return answer;
    };
    const done = await carryOut();
    checking.end();
    writing.end();
    if (E.isLeft(done)) return done;
    const { events: many, already, appended, evidence: kept, digest } = done.right;
    const text = session.say(
      `匯出檔有 ${many} 筆事件、${kept} 筆佐證資料;原已有 ${already} 筆,${dryRun ? '將' : '已'}匯入 ${appended} 筆。摘要 ${digest}\n金鑰不在匯出檔內:請另行還原 vault.db。\n`,
      `${many} events, ${kept} pieces of evidence in the file; ${already} were there, ${appended} ${dryRun ? 'would be' : 'were'} appended. Digest ${digest}\nKeys are in no export: vault.db comes from a backup.\n`,
    );
    return E.right({ json: { ...done.right, dryRun }, text });
  },
};
