/**
 * One day more, for every start after the year is over: a clerk signs in, and the manager changes one permission.
 *
 * @packageDocumentation
 */
import * as E from 'fp-ts/lib/Either.js';
import { nextWorkDay } from '../world/calendar.js';
import { cityOffice, people } from '../world/cast.js';
import type { World } from '../world/world.js';
import { decisionOn } from './chapters/decisions.js';
import { cardEntry, logIn } from './chapters/entry.js';
import { desk, say } from './chapters/shared.js';
import { answered, done, refused, refusedOutcome } from './outcome.js';
import { orElse, type Scene } from './scene.js';
import { type Chapter, steps } from './step.js';

const stepId = /^day\/(\d{4}-\d\d-\d\d)\//;

/** The function that goes to and fro. */
export const dailyFunction = 'benefit-print';

/** Days that were begun, and how many steps of each are over. */
const daysOf = (world: World): ReadonlyMap<string, number> => {
  const days = new Map<string, number>();
  for (const step of world.journal.done.keys()) {
    const date = stepId.exec(step)?.[1];
    if (date !== undefined) days.set(date, (days.get(date) ?? 0) + 1);
  }
  const pending = stepId.exec(world.journal.pending()?.step ?? '')?.[1];
  if (pending !== undefined && !days.has(pending)) days.set(pending, 0);
  return days;
};

/** Even days give the function, odd ones take it away. */
const toggle = async (scene: Scene, gives: boolean) =>
  orElse(await desk(cityOffice, 'city-2', people.chang, 'chang')(scene), async (session) => {
    const list = await scene.register.clerkList(session.confirmation.id)();
    if (E.isLeft(list)) return refusedOutcome(list.left);
    const clerkId = scene.clerkOf('delegation/added');
    const held = list.right.clerks.find((clerk) => clerk.id === clerkId)?.permissions ?? [];
    const others = held.filter((code) => code !== dailyFunction);
    return scene.send(
      session,
      {
        type: 'ChangeClerk',
        clerkId,
        clerk: await cardEntry(scene, people.wang, 'wang-2'),
        permissions: gives ? [...others, dailyFunction] : others,
      },
      { text: say('message.clerkChanged') },
    );
  });

const chapterOf = (date: string, gives: boolean): Chapter => {
  const step = steps(`day/${date}`, cityOffice);
  return {
    id: `day/${date}`,
    title: { zh: '又一個營業日', en: 'One day more' },
    steps: [
      step(
        'signed-in',
        `${date}T08:30`,
        '王小明登入',
        'The clerk signs in',
        'GEPI-2',
        done(),
        logIn(cityOffice, people.wang, 'wang-2'),
      ),
      step(
        'changed',
        `${date}T09:00`,
        gives ? '張接任增加王小明一項權限:給付資料列印' : '張接任取消王小明一項權限:給付資料列印',
        gives ? 'The manager grants one function' : 'The manager takes one function away',
        'GEPI-38',
        done('ClerkPermissionsChanged'),
        (scene) => toggle(scene, gives),
      ),
      step(
        'asked',
        `${date}T09:30`,
        '王小明能否列印給付資料?',
        'May the clerk use it?',
        'GEPI-36',
        gives ? answered : refused('PERMISSION_NOT_GRANTED'),
        decisionOn(cityOffice, people.wang, dailyFunction),
      ),
    ],
  };
};

/** The day that a kill cut short, or the next business day. */
export const nextDay = (world: World): Chapter => {
  const days = [...daysOf(world)];
  const last = days.at(-1);
  if (last !== undefined) {
    const chapter = chapterOf(last[0], days.length % 2 === 1);
    if (last[1] < chapter.steps.length) return chapter;
  }
  return chapterOf(nextWorkDay(world.clock.now()), days.length % 2 === 0);
};
