/**
 * `mandate import`.
 *
 * @packageDocumentation
 */
import { existsSync } from 'node:fs';
import { memoryEventStore, memoryEvidenceStore, nodeSha256 } from '@mandate/adapters-eventstore';
import * as E from 'fp-ts/lib/Either.js';
import type { Command } from '../command.js';
import { type CliFault, cliFault } from '../fault.js';
import type { OpenedEvents } from '../register/kind.js';
import { isRegisterFolder, openEvents, openEvidence } from '../register/open.js';
import { importRegister } from '../transfer/import.js';

/** The register to fill. A dry run into one that is not there yet is one into an empty one, and makes none. */
const openTarget = async (address: string, dryRun: boolean): Promise<E.Either<CliFault, OpenedEvents>> => {
  const opened = await openEvents(address, dryRun ? 'read' : 'make');
  return dryRun && E.isLeft(opened) && opened.left.code === 'REGISTER_NOT_FOUND'
    ? E.right({ events: memoryEventStore() })
    : opened;
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
    const opened = await openTarget(to, dryRun);
    if (E.isLeft(opened)) return opened;
    const { events } = opened.right;
    const folder = given.text('evidence') ?? (isRegisterFolder(to) ? to : undefined);
    const evidence =
      folder === undefined ? E.right(undefined) : await openEvidence(folder, dryRun ? 'read' : 'make');
    if (E.isLeft(evidence)) {
      await events.close();
      return evidence;
    }
    // A dry run makes no place for what it does not write.
    const place = evidence.right ?? opened.right.evidence ?? (dryRun ? memoryEvidenceStore() : undefined);
    const checking = session.progress('檢查', 'checking');
    const writing = session.progress('匯入', 'importing');
    const done = await importRegister({
      file,
      events,
      evidence: place,
      largestAppend: opened.right.largestAppend,
      sha256: nodeSha256,
      dryRun,
      onEvent: (stage, count, total) => (stage === 'checking' ? checking : writing).tell(count, total),
    });
    checking.end();
    writing.end();
    await evidence.right?.close();
    await events.close();
    if (E.isLeft(done)) return done;
    const { events: many, already, appended, evidence: kept, digest } = done.right;
    const text = session.say(
      `匯出檔有 ${many} 筆事件、${kept} 筆佐證資料;原已有 ${already} 筆,${dryRun ? '將' : '已'}匯入 ${appended} 筆。摘要 ${digest}\n金鑰不在匯出檔內:請另行還原 vault.db。\n`,
      `${many} events, ${kept} pieces of evidence in the file; ${already} were there, ${appended} ${dryRun ? 'would be' : 'were'} appended. Digest ${digest}\nKeys are in no export: vault.db comes from a backup.\n`,
    );
    return E.right({ json: { ...done.right, dryRun }, text });
  },
};
