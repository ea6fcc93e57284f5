/**
 * `mandate backup`.
 *
 * @packageDocumentation
 */
import * as E from 'fp-ts/lib/Either.js';
import { type Command, common } from '../command.js';
import { backupRegister } from '../copies/backup.js';
import { readSecret } from '../register/open.js';

export const backupCommand: Command = {
  name: 'backup',
  zh: '線上備份資料夾中的登記簿:事件、佐證資料、金鑰庫',
  en: 'copy a register in use into a new folder: events, evidence, vault',
  options: {
    from: common.from,
    'secret-file': { ...common['secret-file'], required: true },
    to: { value: 'folder', required: true, zh: '新的備份資料夾', en: 'the new folder' },
  },
  run: async (given, session) => {
    const from = given.needed('from');
    const secret = readSecret(given.needed('secret-file'));
    if (E.isLeft(secret)) return secret;
    const to = given.needed('to');
    const done = await backupRegister({ from, to, secret: secret.right });
    if (E.isLeft(done)) return done;
    const text = session.say(`已備份至 ${to}\n`, `backed up to ${to}\n`);
    return E.right({ json: { to }, text });
  },
};
