/**
 * `mandate projections rebuild`.
 *
 * @packageDocumentation
 */
import * as E from 'fp-ts/lib/Either.js';
import type { Command } from '../../command.js';
import { namedOptions, ofNamed, working } from './named.js';

export const rebuildCommand: Command = {
  name: 'projections rebuild',
  zh: '在現行資料表旁重新建立讀取模型,完成後切換',
  en: 'build a read model anew beside the live one, which answers until the new one takes its place',
  operands: '<name|all>',
  options: namedOptions,
  run: (given, session) =>
    ofNamed(given, (register, projections, place) =>
      // One after another: each of them reads the log from its beginning.
      working(
        { place, register, projections, rounds: projections.length, session },
        async (models, meter) => {
          for (const projection of projections) {
            const rebuilt = await models.rebuild(projection);
            if (E.isLeft(rebuilt)) return rebuilt;
            meter.next();
          }
          return E.right(undefined);
        },
      ),
    ),
};
