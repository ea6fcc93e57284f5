/** Everything that can be measured, by the name under which a child process is asked for it. */
import { httpLoad } from './http/load.js';
import { agentWindows } from './subjects/agent-windows.js';
import { cardOperations } from './subjects/cards.js';
import { crlOurs } from './subjects/crl.js';
import { crlOpenssl, crlPkijs } from './subjects/crl-peers.js';
import { emmettCommands } from './subjects/emmett-commands.js';
import { eventStoreDbCommands } from './subjects/eventstoredb.js';
import { hostile } from './subjects/hostile.js';
import { buildIndex, buildModel } from './subjects/large.js';
import { loginMemory } from './subjects/login-memory.js';
import { cardLogins } from './subjects/logins.js';
import { mayQuestions } from './subjects/may.js';
import { physicalLimits } from './subjects/physical.js';
import { postgresBare, postgresDigest, postgresRunner } from './subjects/postgres.js';
import { rawCommands } from './subjects/raw-commands.js';
import { registerCommands } from './subjects/register-commands.js';
import { replayRaw, replayRegister } from './subjects/replay.js';
import { buildCrl } from './world/crl.js';
import { buildLog } from './world/log.js';
import { buildLogins } from './world/logins.js';

export const measurements = {
  rawCommands,
  registerCommands,
  emmettCommands,
  buildLog,
  replayRaw,
  replayRegister,
  mayQuestions,
  buildLogins,
  cardLogins,
  hostile,
  loginMemory,
  buildCrl,
  crlOurs,
  crlPkijs,
  crlOpenssl,
  httpLoad,
  cardOperations,
  physicalLimits,
  agentWindows,
  eventStoreDbCommands,
  postgresRunner,
  postgresBare,
  postgresDigest,
  buildModel,
  buildIndex,
};

export type Measurements = typeof measurements;
export type MeasurementName = keyof Measurements;
export type ParamsOf<N extends MeasurementName> = Parameters<Measurements[N]>[1];
export type FiguresOf<N extends MeasurementName> = Awaited<ReturnType<Measurements[N]>>;
