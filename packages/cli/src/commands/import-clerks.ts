/**
 * `mandate import clerks`.
 *
 * @packageDocumentation
 */
import { nodeSha256, systemClock } from '@mandate/adapters-eventstore';
import { decodeValue, ShortText, StaffAccount } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import { answerOfImport } from '../clerks/answer.js';
import { clerkFileOptions, readClerkFile } from '../clerks/file.js';
import { importClerkRows, type Outcome } from '../clerks/import.js';
import { packOf } from '../clerks/pack.js';
import { type Command, common } from '../command.js';
import { cliFault } from '../fault.js';
import { withRegister } from '../register/session.js';

export const importClerksCommand: Command = {
  name: 'import clerks',
  zh: '將經辦人 CSV 匯入已註冊機關(證明力最低);每一列只會匯入一次,中斷後再執行同一指令即可續傳',
  en: 'bring the clerks of a CSV into agencies that are registered, at the lowest level of evidence; each row once for ever, and the same command goes on after it was cut off',
  operands: '<file>',
  options: {
    to: { ...common.from, zh: '目的登記簿:資料夾或網址' },
    'secret-file': { ...common['secret-file'], required: true },
    ...clerkFileOptions,
    staff: {
      value: 'account',
      required: true,
      zh: '匯入者的職員帳號,記錄於每一事件',
      en: 'the account of the member of staff who imports; it stands in every event',
    },
    source: {
      value: 'words',
      required: true,
      zh: '名單來源,如「舊系統」,記錄於每一事件',
      en: 'what the list is, such as "former portal"; it stands in every event',
    },
  },
  run: (given, session) => {
    const policy = packOf(given);
    const staff = decodeValue(StaffAccount, given.needed('staff'));
    const source = decodeValue(ShortText, given.needed('source'));
    const wrong = (option: string) => Promise.resolve(E.left(cliFault('OPTION_WRONG', option)));
    if (E.isLeft(policy)) return Promise.resolve(policy);
    if (E.isLeft(staff)) return wrong('--staff');
    if (E.isLeft(source)) return wrong('--source');
    const file = readClerkFile(given);
    if (E.isLeft(file)) return Promise.resolve(file);
    return withRegister(
      given,
      async ({ events, vault }) => {
        if (vault === undefined) return E.left(cliFault('SECRET_NEEDED', 'the vault seals what is personal'));
        const progress = session.progress('匯入', 'importing');
        const done = await importClerkRows(
          {
            policy: policy.right,
            store: events,
            vault,
            sha256: nodeSha256,
            clock: systemClock,
            staff: staff.right,
            source: source.right,
            file: file.right.digest,
            onRow: (rows, total) => progress.tell(rows, total),
          },
          file.right.rows,
        );
        progress.end();
        return E.map((rows: ReadonlyArray<Outcome>) => answerOfImport(rows, file.right, session))(done);
      },
      { option: 'to' },
    );
  },
};
