/**
 * `mandate export`.
 *
 * @packageDocumentation
 */
import { nodeSha256 } from '@mandate/adapters-eventstore';
import * as E from 'fp-ts/lib/Either.js';
import { type Command, common } from '../command.js';
import { isRegisterFolder, noEvidence, openEvents, openEvidence } from '../register/open.js';
import { exportRegister } from '../transfer/export.js';
import { type Sink, toFile, toStream } from '../transfer/sink.js';

export const exportCommand: Command = {
  name: 'export',
  zh: '匯出所有事件與佐證資料(密封,不含金鑰),邊寫邊檢查',
  en: 'write all events and evidence as JSON lines (sealed, without keys), verified as they are written',
  options: {
    from: common.from,
    to: {
      value: 'file',
      zh: '匯出檔;未指定則寫到標準輸出',
      en: 'the file to write; standard output where it is left out',
    },
    evidence: {
      value: 'folder',
      zh: '佐證資料所在的資料夾(預設與登記簿相同)',
      en: 'the folder of the evidence, where it is not that of the register',
    },
    'without-evidence': { zh: '不含佐證資料', en: 'leave the evidence out' },
  },
  run: async (given, session) => {
    const from = given.needed('from');
    const opened = await openEvents(from, 'read');
    if (E.isLeft(opened)) return opened;
    const { events, count } = opened.right;
    const folder = given.text('evidence') ?? (isRegisterFolder(from) ? from : undefined);
    const leaveOut = given.isSet('without-evidence');
    const evidence =
      leaveOut || folder === undefined ? E.right(undefined) : await openEvidence(folder, 'read');
    if (E.isLeft(evidence)) {
      await events.close();
      return evidence;
    }
    // A folder that lacks the file lacks whatever its events name; a server has its own.
    const elsewhere = opened.right.evidence ?? (folder === undefined ? undefined : noEvidence);
    const counted = await count?.()();
    const total = counted !== undefined && E.isRight(counted) ? counted.right : undefined;
    const progress = session.progress('匯出', 'exporting');
    const fill = (sink: Sink) =>
      exportRegister(
        {
          events,
          evidence: leaveOut ? undefined : (evidence.right ?? elsewhere),
          sha256: nodeSha256,
          tampered: opened.right.tampered,
          onEvent: (done) => progress.tell(done, total),
        },
        sink,
      );
    const to = given.text('to');
    const done = to === undefined ? await toStream(session.terminal.out, fill) : await toFile(to, fill);
    progress.end();
    await evidence.right?.close();
    await events.close();
    if (E.isLeft(done)) return done;
    const { events: many, streams, evidence: kept, missing, digest } = done.right;
    const lost = session.say(
      `找不到事件所載的 ${missing} 筆佐證資料,匯出檔內沒有這些資料。\n`,
      `${missing} pieces of evidence that events name are not there, and not in the export.\n`,
    );
    const text = `${session.say(
      `已匯出 ${many} 筆事件、${streams} 個串流、${kept} 筆佐證資料。摘要 ${digest}\n`,
      `${many} events of ${streams} streams, ${kept} pieces of evidence. Digest ${digest}\n`,
    )}${missing === 0 ? '' : lost}`;
    const exit = missing === 0 ? 0 : 1;
    // Where standard output is the export, the summary must not be in it.
    if (to === undefined) {
      session.terminal.err(text);
      return E.right({ exit, json: {}, text: '' });
    }
    return E.right({ exit, json: { ...done.right }, text });
  },
};
