/**
 * `mandate check clerks`.
 *
 * @packageDocumentation
 */
import { readFileSync, statSync } from 'node:fs';
import { nodeSha256 } from '@mandate/adapters-eventstore';
import { decodeValue, PortalId } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import { rowTexts } from '../clerks/codes.js';
import { judgeRows, type Verdict } from '../clerks/judge.js';
import { readRows } from '../clerks/rows.js';
import { type Encoding, textOfFile } from '../clerks/text.js';
import { type Answer, type Command, common, type Session } from '../command.js';
import { type CliFault, cliFault, fromFileError } from '../fault.js';
import { withRegister } from '../register/session.js';

const largestFile = 2 ** 26;

const bytesOf = (file: string): E.Either<CliFault, Uint8Array> => {
  try {
    const { size } = statSync(file);
    return size > largestFile
      ? E.left(cliFault('CSV_MALFORMED', `${size} bytes, ${largestFile} is the most`))
      : E.right(readFileSync(file));
  } catch (error) {
    return E.left(fromFileError(error));
  }
};

const encodingOf = (text: string | undefined): E.Either<CliFault, Encoding | undefined> =>
  text === undefined || text === 'utf-8' || text === 'big5'
    ? E.right(text)
    : E.left(cliFault('OPTION_WRONG', '--encoding is utf-8 or big5'));

const answerOf = (verdicts: ReadonlyArray<Verdict>, encoding: Encoding, { say }: Session): Answer => {
  const refused = verdicts.filter(({ ok }) => !ok);
  const rows = verdicts.map(({ row, agency, ok, faults }) => ({
    row,
    agency: agency ?? null,
    ok,
    faults: faults.map((fault) => ({ ...fault, ...rowTexts(fault.code) })),
  }));
  const lines = refused.flatMap(({ row, agency, faults }) =>
    faults.map(({ code, column }) => {
      const { zh, en } = rowTexts(code);
      const where = [agency, column].filter((one) => one !== undefined && one !== null).join(' ');
      return `${row} ${where}${where === '' ? '' : ' '}${code}: ${say(zh, en)}\n`;
    }),
  );
  const counts = say(
    `共 ${verdicts.length} 列(${encoding}),可匯入 ${verdicts.length - refused.length} 列,不符 ${refused.length} 列\n`,
    `${verdicts.length} rows (${encoding}), ${verdicts.length - refused.length} can be imported, ${refused.length} cannot\n`,
  );
  return { exit: refused.length === 0 ? 0 : 1, json: { encoding, rows }, text: `${lines.join('')}${counts}` };
};

export const checkClerksCommand: Command = {
  name: 'check clerks',
  zh: '逐列檢查經辦人 CSV(機關代號、姓名、身分證字號、憑證序號、權限),不寫入任何資料',
  en: 'say of each row of a CSV of clerks (agency, name, nationalId, serial, functions) whether it can be imported; write nothing',
  operands: '<file>',
  options: {
    from: common.from,
    'secret-file': { ...common['secret-file'], required: true },
    vault: {
      value: 'folder',
      zh: '金鑰庫所在的資料夾(預設與登記簿相同)',
      en: 'the folder of the keys, where it is not that of the register',
    },
    portal: { value: 'portal', required: true, zh: '入口網站代碼,如 gepi', en: 'the portal, such as gepi' },
    encoding: {
      value: 'utf-8|big5',
      zh: '檔案編碼(預設自動判別)',
      en: 'how the file is written; told by itself else',
    },
  },
  run: (given, session) =>
    withRegister(given, async ({ events, vault }) => {
      const portal = decodeValue(PortalId, given.needed('portal'));
      if (E.isLeft(portal)) return E.left(cliFault('OPTION_WRONG', '--portal'));
      const encoding = encodingOf(given.text('encoding'));
      if (E.isLeft(encoding)) return encoding;
      if (vault === undefined) return E.left(cliFault('SECRET_NEEDED', 'the vault makes the pseudonyms'));
      const bytes = bytesOf(given.operands[0] ?? '');
      if (E.isLeft(bytes)) return bytes;
      const file = textOfFile(bytes.right, encoding.right);
      if (E.isLeft(file)) return file;
      const rows = readRows(file.right.text);
      if (E.isLeft(rows)) return rows;
      const settings = { portal: portal.right, store: events, vault, sha256: nodeSha256 };
      const verdicts = await judgeRows(settings, rows.right);
      return E.map((found: ReadonlyArray<Verdict>) => answerOf(found, file.right.encoding, session))(
        verdicts,
      );
    }),
};
