/**
 * `mandate restore`.
 *
 * @packageDocumentation
 */
import * as E from 'fp-ts/lib/Either.js';
import { type Answer, type Command, common } from '../command.js';
import { type Restored, restoreRegister } from '../copies/restore.js';
import { readSecret } from '../register/open.js';

export const restoreCommand: Command = {
  name: 'restore',
  zh: '還原備份至新的資料夾:先檢查,並再次執行已紀錄的個資刪除',
  en: 'bring a backup back into a new folder: verified first, recorded forgettings carried out again',
  options: {
    from: { value: 'folder', required: true, zh: '備份資料夾', en: 'the folder of the backup' },
    to: { value: 'folder', required: true, zh: '新的登記簿資料夾', en: 'the new folder of the register' },
    'secret-file': common['secret-file'],
    'accept-findings': { zh: '發現問題時仍然還原', en: 'restore although something was found wrong' },
  },
  run: async (given, session) => {
    const file = given.text('secret-file');
    const secret = file === undefined ? E.right(undefined) : readSecret(file);
    if (E.isLeft(secret)) return secret;
    const progress = session.progress('檢查', 'verifying');
    const done = await restoreRegister({
      from: given.needed('from'),
      to: given.needed('to'),
      secret: secret.right,
      acceptFindings: given.isSet('accept-findings'),
      onEvent: (count) => progress.tell(count),
    });
    progress.end();
    return E.map(({ verified, reapplied }: Restored): Answer => {
      const { say } = session;
      const forgotten =
        reapplied === undefined
          ? say(
              '未提供金鑰:開放使用前須另行執行個資刪除\n',
              'without the secret: recorded forgettings are still to be carried out before anybody reads\n',
            )
          : say(
              `個資刪除紀錄 ${reapplied.forgettings} 筆,再次刪除金鑰 ${reapplied.keys} 把\n`,
              `${reapplied.forgettings} forgettings on record, ${reapplied.keys} keys deleted again\n`,
            );
      const text = say(
        `已還原 ${verified.events} 筆事件、${verified.streams} 個串流\n`,
        `restored ${verified.events} events of ${verified.streams} streams\n`,
      );
      const found = Object.keys(verified.counts).length;
      return {
        exit: found === 0 ? 0 : 1,
        json: { ...verified, reapplied: reapplied ?? null },
        text: `${text}${forgotten}`,
      };
    })(done);
  },
};
