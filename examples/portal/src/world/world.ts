/**
 * A data folder and everything in it, opened.
 *
 * @packageDocumentation
 */
import { join } from 'node:path';
import { systemClock } from '@mandate/adapters-eventstore';
import type { Clock, PortalPolicy } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import { type CardBox, makeBox, openBox } from '../cards/box.js';
import { writeCardFiles } from '../cards/card-files.js';
import { testCards } from '../cards/portal-cards.js';
import { type Attachments, attachmentsIn } from './attachments.js';
import { messageOf, type StartFault, startFault } from './fault.js';
import { cardFolderOf, lookAt, makeFolder, type Places, readPlaces } from './folder.js';
import { gepiScene } from './gepi-scene.js';
import { type Office, openOffice } from './office.js';
import { pastClock } from './past-scene.js';
import { openRenewalDesk, type RenewalDesk } from './renewal-desk.js';
import type { Scene } from './scene.js';

export interface World {
  readonly office: Office;
  readonly policy: PortalPolicy;
  readonly scene: Scene;
  readonly instance: string;
  readonly anyHour: boolean;
  readonly box: CardBox;
  /** 自然人憑證線上展期, of the test cards; where there are several portals it stands beside them. */
  readonly renewal?: RenewalDesk;
  readonly attachments: Attachments;
  readonly close: () => Promise<void>;
}

export interface WorldSettings {
  /** Absolute path. */
  readonly folder: string;
  /** `http://localhost:8080` */
  readonly origin: string;
  /** Open at any hour; a newcomer at 3 a.m. would find a closed door otherwise (GEPI-4). */
  readonly anyHour: boolean;
  /** The drawer's cards are written into files too, for virtual cards in a reader. */
  readonly cardFiles?: boolean;
  readonly clock?: Clock;
  /** Which portal. @defaultValue GEPI */
  readonly scene?: Scene;
  /** The box of the portal beside it: cards of one PKI, and people who act in both. Of use to a first start alone. */
  readonly lent?: CardBox;
  /** 展期 is not offered here, but beside the portals. */
  readonly renewalElsewhere?: boolean;
  /** Told before the first start's work, which takes seconds. */
  readonly making?: () => void;
}

/** The pack of this portal. */
export const policyOf = ({
  origin,
  anyHour,
  scene = gepiScene,
}: Pick<WorldSettings, 'origin' | 'anyHour' | 'scene'>): PortalPolicy => {
  const policy = scene.policyFor(origin);
  return anyHour ? { ...policy, openingHours: null } : policy;
};

const fill = async (
  places: Places,
  scene: Scene,
  present: number,
  origin: string,
  lent: CardBox | undefined,
): Promise<E.Either<StartFault, void>> => {
  const box = await makeBox(places.cards, present, scene, lent);
  const clock = pastClock(present);
  const office = await openOffice({
    folder: places.register,
    secret: places.secret,
    policy: policyOf({ origin, anyHour: true, scene }),
    scene,
    cards: testCards(box),
    clock,
  });
  if (E.isLeft(office)) return office;
  try {
    await scene.fillPast(office.right.register, box.deck, clock);
  } finally {
    await office.right.close();
  }
  return E.right(undefined);
};

/** Opens a data folder, or makes one with a little past in it. */
export const openWorld = async (settings: WorldSettings): Promise<E.Either<StartFault, World>> => {
  const { folder, clock = systemClock, scene = gepiScene } = settings;
  try {
    const found = lookAt(folder);
    if (E.isLeft(found)) return found;
    if (found.right === 'none') {
      settings.making?.();
      const made = await makeFolder(folder, (places) =>
        fill(places, scene, clock.now(), settings.origin, settings.lent),
      );
      if (E.isLeft(made)) return made;
    }
    const places = readPlaces(folder);
    if (E.isLeft(places)) return places;
    const policy = policyOf(settings);
    const { secret, cards, register, instance } = places.right;
    const box = await openBox(cards);
    if (E.isLeft(box)) return box;
    if (settings.cardFiles === true) writeCardFiles(cardFolderOf(folder), box.right.deck);
    const office = await openOffice({
      folder: register,
      secret,
      policy,
      scene,
      cards: testCards(box.right),
      clock,
    });
    if (E.isLeft(office)) return office;
    office.right.reading.follow();
    const isHere = scene.renewal && settings.renewalElsewhere !== true;
    const renewal = isHere
      ? await openRenewalDesk(office.right, box.right, box.right.deck, [
          { base: '', policy, office: office.right },
        ])
      : undefined;
    const close = async (): Promise<void> => {
      await renewal?.close();
      await office.right.close();
    };
    return E.right({
      office: office.right,
      policy,
      scene,
      instance,
      attachments: attachmentsIn(join(folder, 'attachments')),
      anyHour: settings.anyHour,
      box: box.right,
      ...(renewal === undefined ? {} : { renewal }),
      close,
    });
  } catch (error) {
    return E.left(startFault('UNUSABLE', messageOf(error)));
  }
};
