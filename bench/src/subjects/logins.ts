/** Log-ins by card: the same answers to the same challenges, judged by one of several. */
import { nodeCold, nodeWarm, webWarm } from '../judges/bare.js';
import type { MakeJudge } from '../judges/judge.js';
import { cold, unprepared, warm } from '../judges/ours.js';
import { pkijs } from '../judges/pkijs.js';
import { inFlight, oneByOne, type Series } from '../lib/timing.js';
import { readLoginWorld } from '../world/logins.js';

const judges = { warm, cold, unprepared, pkijs, nodeCold, nodeWarm, webWarm } satisfies Record<
  string,
  MakeJudge
>;

/** Who asks about revocation. */
const askers: ReadonlySet<string> = new Set(['warm', 'cold'] satisfies ReadonlyArray<keyof typeof judges>);

export type JudgeName = keyof typeof judges;

export interface LoginParams {
  /** What `buildLogins` wrote. */
  readonly file: string;
  readonly judge: JudgeName;
  readonly logins: number;
  readonly warmUp: number;
  readonly width: number;
}

export interface LoginFigures {
  readonly oneByOne: Series;
  readonly inFlight: Series;
  /** Answers that are forged, or of a revoked card for those who ask about that. */
  readonly forged: number;
  /** How many of them: all, or the figures are worth nothing. */
  readonly refused: number;
}

export const cardLogins = async (
  _folder: string,
  { file, judge: name, logins: count, warmUp, width }: LoginParams,
): Promise<LoginFigures> => {
  const world = readLoginWorld(file);
  const judge = await judges[name](world);
  const command = async (index: number): Promise<void> => {
    const login = world.logins[index % world.logins.length];
    if (login === undefined || !(await judge(login))) throw new Error(`${name} refused login ${index}`);
  };
  const forged = [...Object.values(world.forged), ...(askers.has(name) ? [world.revoked] : [])];
  let refused = 0;
  for (const login of forged) refused += (await judge(login)) ? 0 : 1;
  // Every card once, whatever the warm-up: a warm log-in is one by a card that was there before.
  await oneByOne(Math.max(warmUp, world.cards), command);
  const single = await oneByOne(count, command);
  const many = await inFlight(count, width, command);
  return { oneByOne: single, inFlight: many, forged: forged.length, refused };
};
