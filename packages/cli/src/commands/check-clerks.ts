/**
 * `mandate check clerks`.
 *
 * @packageDocumentation
 */
import { nodeSha256 } from '@mandate/adapters-eventstore';
import * as E from 'fp-ts/lib/Either.js';
import { answerOfCheck } from '../clerks/answer.js';
import { clerkFileOptions, readClerkFile } from '../clerks/file.js';
import { judgeRows, type Verdict } from '../clerks/judge.js';
import { packOf } from '../clerks/pack.js';
import { type Command, common } from '../command.js';
import { cliFault } from '../fault.js';
import { withRegister } from '../register/session.js';

export const checkClerksCommand: Command = {
  name: 'check clerks',
  zh: '逐列檢查經辦人 CSV(機關代號、姓名、身分證字號、憑證序號、權限),不寫入任何資料',
  en: 'say of each row of a CSV of clerks (agency, name, nationalId, serial, functions) whether it can be imported; write nothing',
  operands: '<file>',
  options: {
    from: common.from,
    'secret-file': { ...common['secret-file'], required: true },
    ...clerkFileOptions,
  },
  run: (given, session) => {
    const policy = packOf(given);
    if (E.isLeft(policy)) return Promise.resolve(policy);
    return withRegister(given, async ({ events, vault }) => {
      if (vault === undefined) return E.left(cliFault('SECRET_NEEDED', 'the vault makes the pseudonyms'));
      const file = readClerkFile(given);
      if (E.isLeft(file)) return file;
      const settings = { portal: policy.right.portal, store: events, vault, sha256: nodeSha256 };
      const verdicts = await judgeRows(settings, file.right.rows);
      return E.map((found: ReadonlyArray<Verdict>) => answerOfCheck(found, file.right.encoding, session))(
        verdicts,
      );
    });
  },
};
