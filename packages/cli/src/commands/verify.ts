/**
 * `mandate verify`.
 *
 * @packageDocumentation
 */
import { nodeSha256 } from '@mandate/adapters-eventstore';
import * as E from 'fp-ts/lib/Either.js';
import { type Answer, type Command, common, type Session } from '../command.js';
import { withRegister } from '../register/session.js';
import { type Finding, findingTexts } from '../verify/findings.js';
import { type Verified, verifyRegister } from '../verify/verify.js';

const lineOf = ({ code, stream, revision, detail }: Finding, { say }: Session): string => {
  const { zh, en } = findingTexts(code);
  const place = stream === null ? '' : ` ${stream}@${revision}`;
  return `${code}${place}: ${say(zh, en)} (${detail})\n`;
};

const evidenceText = (
  { named, checked, readable, forgotten }: Verified['evidence'],
  say: Session['say'],
): string => {
  if (!checked) return say('未檢查佐證資料\n', 'evidence was not looked for\n');
  return readable === undefined
    ? say(
        `佐證資料 ${named} 筆(未嘗試開啟)\n`,
        `evidence named ${named} times, not opened without the secret\n`,
      )
    : say(
        `佐證資料 ${named} 筆:開啟並核對 ${readable} 份,已依法刪除 ${forgotten} 份\n`,
        `evidence named ${named} times: ${readable} pieces opened and compared, ${forgotten} forgotten\n`,
      );
};

const answerOf = (verified: Verified, session: Session): Answer => {
  const { findings, counts, events, streams, unknown, sealed, evidence } = verified;
  const many = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const tried = sealed.readable === undefined;
  const { say } = session;
  const text = [
    ...findings.map((finding) => lineOf(finding, session)),
    many > findings.length ? say(`……共 ${many} 項\n`, `… ${many} in all\n`) : '',
    say(
      `事件 ${events} 筆、串流 ${streams} 個、未知類型 ${unknown} 筆\n`,
      `${events} events of ${streams} streams, ${unknown} of unknown types\n`,
    ),
    tried
      ? say(
          `密封資料 ${sealed.total} 筆(未嘗試開啟)\n`,
          `${sealed.total} sealed parts, not tried without the secret\n`,
        )
      : say(
          `密封資料 ${sealed.total} 筆:可開啟 ${sealed.readable},已依法刪除 ${sealed.forgotten}\n`,
          `${sealed.total} sealed parts: ${sealed.readable} readable, ${sealed.forgotten} forgotten\n`,
        ),
    evidenceText(evidence, say),
    many === 0
      ? say('未發現問題\n', 'nothing was found wrong\n')
      : say(`發現 ${many} 項問題\n`, `${many} findings\n`),
  ].join('');
  const told = findings.map((finding) => ({ ...finding, ...findingTexts(finding.code) }));
  return { exit: many === 0 ? 0 : 1, json: { ...verified, findings: told }, text };
};

export const verifyCommand: Command = {
  name: 'verify',
  zh: '檢查登記簿:檔案、雜湊鏈、缺漏、格式、密封資料、佐證資料',
  en: 'check a register: file, chains, gaps, schema, sealed parts, evidence',
  options: {
    from: common.from,
    'secret-file': common['secret-file'],
    vault: {
      value: 'folder',
      zh: '金鑰與佐證資料所在的資料夾(預設與登記簿相同)',
      en: 'the folder of keys and evidence, where it is not that of the register',
    },
  },
  run: (given, session) =>
    withRegister(
      given,
      async ({ events, total, checkFile, files, vault, evidence }) => {
        const progress = session.progress('檢查', 'verifying');
        const verified = await verifyRegister({
          events,
          sha256: nodeSha256,
          checkFile,
          files,
          vault,
          evidence,
          onEvent: (done) => progress.tell(done, total),
        });
        progress.end();
        return E.map((found: Verified) => answerOf(found, session))(verified);
      },
      { evenDamaged: true },
    ),
};
