/**
 * `mandate replay`.
 *
 * @packageDocumentation
 */
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { builtIn } from '@mandate/projections';
import * as E from 'fp-ts/lib/Either.js';
import { type Answer, type Command, common, type Session } from '../command.js';
import { type CliFault, cliFault, fromFileError } from '../fault.js';
import { counting, openModels } from '../models/models.js';
import { type OpenedRegister, withRegister } from '../register/session.js';
import { refuseTamperedEvents } from '../register/tampered.js';
import { readUntil, storeUntil } from '../register/until.js';
import { nameFile, partialOf, sweep } from '../transfer/place.js';

/** Builds read models in a new file; answers the digest of each. */
const build = async (
  file: string,
  register: OpenedRegister,
  session: Session,
): Promise<E.Either<CliFault, Readonly<Record<string, string>>>> => {
  const projections = builtIn.filter(({ needsPersonal }) => register.vault !== undefined || !needsPersonal);
  const progress = session.progress('重播', 'replaying');
  const store = counting(register.events, (done) => progress.tell(done, register.total));
  const models = await openModels({
    place: { _tag: 'File', file },
    store,
    vault: register.vault,
    projections,
    make: true,
  });
  if (E.isLeft(models)) return models;
  try {
    const reached = await models.right.catchUp();
    if (E.isLeft(reached)) return reached;
    const digests: Record<string, string> = {};
    for (const projection of projections) {
      const digest = await models.right.digest(projection);
      if (E.isLeft(digest)) return digest;
      digests[projection.name] = digest.right;
    }
    return E.right(digests);
  } finally {
    progress.end();
    await models.right.close();
  }
};

const answerOf = (digests: Readonly<Record<string, string>>, session: Session): Answer => {
  const left = builtIn.filter(({ name }) => !Object.hasOwn(digests, name)).map(({ name }) => name);
  const lines = Object.entries(digests).map(([name, digest]) => `${digest}  ${name}\n`);
  const without =
    left.length === 0
      ? ''
      : `${session.say('未提供金鑰,略過', 'left out without the secret')}: ${left.join(', ')}\n`;
  return { json: { digests, leftOut: left }, text: `${lines.join('')}${without}` };
};

export const replayCommand: Command = {
  name: 'replay',
  zh: '將讀取模型重建至某一時間或位置,寫入新檔並列出摘要',
  en: 'build the read models up to a time or a position into a new file, and print their digests',
  options: {
    from: common.from,
    vault: common.vault,
    into: { value: 'file', required: true, zh: '新的讀取模型檔', en: 'the new file of read models' },
    to: {
      value: 'time|position',
      zh: '時間(含時區,如 2026-03-01T00:00:00+08:00)或位置;未指定則至最後',
      en: 'a time with its zone (2026-03-01T00:00:00+08:00), or a position; to the end where it is left out',
    },
    'secret-file': common['secret-file'],
  },
  run: (given, session) =>
    withRegister(given, async (register) => {
      const into = given.needed('into');
      if (existsSync(into)) return E.left(cliFault('TARGET_EXISTS', into));
      const whole = await refuseTamperedEvents(register.tampered);
      if (E.isLeft(whole)) return whole;
      const to = given.text('to');
      const until = to === undefined ? undefined : await readUntil(register.events, to);
      if (until !== undefined && E.isLeft(until)) return until;
      const events = until === undefined ? register.events : storeUntil(register.events, until.right);
      const partial = partialOf(into);
      try {
        await sweep(into);
        const built = await build(partial, { ...register, events }, session);
        if (E.isLeft(built)) return built;
        return (await nameFile(partial, into))
          ? E.right(answerOf(built.right, session))
          : E.left(cliFault('TARGET_EXISTS', into));
      } catch (error) {
        return E.left(fromFileError(error));
      } finally {
        for (const suffix of ['', '-wal', '-shm']) await rm(`${partial}${suffix}`, { force: true });
      }
    }),
};
