/**
 * `mandate projections swap`.
 *
 * @packageDocumentation
 */
import * as E from 'fp-ts/lib/Either.js';
import type { Command } from '../../command.js';
import { cliFault } from '../../fault.js';
import { statusesIn } from '../../models/models.js';
import { namedOptions, ofNamed, working } from './named.js';

export const swapCommand: Command = {
  name: 'projections swap',
  zh: '完成建立中的讀取模型並切換',
  en: 'finish a read model that is being built, from where it was left, and swap it in',
  operands: '<name|all>',
  options: namedOptions,
  run: (given, session) =>
    ofNamed(given, async (register, projections, place) => {
      const statuses = await statusesIn(place);
      if (E.isLeft(statuses)) return statuses;
      const building = projections.filter(({ name, version }) =>
        statuses.right.some(
          (one) => one.name === name && one.version === version && one.status === 'building',
        ),
      );
      if (building.length === 0) return E.left(cliFault('NOTHING_TO_SWAP', given.operands[0] ?? ''));
      return working({ place, register, projections: building, rounds: 1, session }, (models) =>
        models.catchUp(),
      );
    }),
};
