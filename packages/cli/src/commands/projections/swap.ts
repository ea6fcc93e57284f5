/**
 * `mandate projections swap`.
 *
 * @packageDocumentation
 */
import * as E from 'fp-ts/lib/Either.js';
import type { Command } from '../../command.js';
import { cliFault } from '../../fault.js';
import { openModels } from '../../models/models.js';
import type { ModelsPlace } from '../../models/place.js';
import type { OpenedRegister } from '../../register/session.js';
import { namedOptions, ofNamed, working } from './named.js';

const statusesOf = async (place: ModelsPlace, { events, vault }: OpenedRegister) => {
  const opened = await openModels({ place, store: events, vault, projections: [], make: false });
  if (E.isLeft(opened)) return opened;
  const statuses = await opened.right.status();
  await opened.right.close();
  return statuses;
};

export const swapCommand: Command = {
  name: 'projections swap',
  zh: '完成建立中的讀取模型並切換',
  en: 'finish a read model that is being built, from where it was left, and swap it in',
  operands: '<name|all>',
  options: namedOptions,
  run: (given, session) =>
    ofNamed(given, async (register, projections, place) => {
      const statuses = await statusesOf(place, register);
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
