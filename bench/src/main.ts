/**
 * `npm run bench`: everything beside each other in one run, as one page.
 *
 * `--quick` takes about two minutes, `--strict` fails where a line that must hold is missed, `--no-peers` leaves emmett out,
 * `--logins` leaves everything out but log-ins by card, `--crls` everything but revocation lists, `--agent` everything but the
 * card agent, `--cards` everything but cards in a reader, `--http` everything but the register over HTTP, `--memory` everything but the memory
 * of its server, `--eventstoredb` everything but the store on EventStoreDB, `--postgres` everything but read models on PostgreSQL,
 * `--large` everything but a register of ten million events, or of `--events N`, which is never measured unless it is named.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { serveInChild } from './http/server-process.js';
import { fileSystemOf, measureInChild, workplace } from './lib/child.js';
import { allVerdicts, report } from './page.js';
import { installPeers } from './peers.js';
import { full, quick } from './plan.js';
import { run } from './run.js';
import { runAgent } from './run-agent.js';
import { runCards } from './run-cards.js';
import { runCrls } from './run-crls.js';
import { runEventStoreDb } from './run-eventstoredb.js';
import { runHttp } from './run-http.js';
import { runLarge } from './run-large.js';
import { runLogins } from './run-logins.js';
import { runPostgres } from './run-postgres.js';

/** What is measured where nothing is named, and by itself where it is. */
const parts = [
  '--logins',
  '--crls',
  '--agent',
  '--cards',
  '--http',
  '--memory',
  '--eventstoredb',
  '--postgres',
] as const;
const known: ReadonlyArray<string> = ['--quick', '--strict', '--no-peers', '--large', ...parts];
const words = process.argv.slice(2);
const at = words.indexOf('--events');
const events = at < 0 ? undefined : Number(words[at + 1]);
const flags = at < 0 ? words : words.toSpliced(at, 2);
if (events !== undefined && !(Number.isSafeInteger(events) && events > 0)) {
  console.error('--events needs a number');
  process.exit(1);
}
const unknown = flags.filter((flag) => !known.includes(flag));
if (unknown.length > 0) {
  console.error(`unknown: ${unknown.join(' ')}; there are ${known.join(' ')} --events`);
  process.exit(1);
}

const chosen = flags.includes('--quick') ? quick : full;
const plan = events === undefined ? chosen : { ...chosen, largeEvents: events };
const startedAt = Date.now();
const tell = (what: string): void => {
  console.error(`${String(Math.round((Date.now() - startedAt) / 1000)).padStart(5)} s  ${what}`);
};
const measure = measureInChild;
const register = async () => {
  const peersMissing = flags.includes('--no-peers') ? 'left out' : installPeers();
  return { register: await run({ plan, peersMissing, measure, tell }) };
};
/** All, where none is named. */
const all = !flags.includes('--large') && !parts.some((part) => flags.includes(part));
const wants = (part: (typeof parts)[number]): boolean => all || flags.includes(part);
/** Of the memory alone where that was asked for: no row is measured before it. */
const httpPlan = flags.includes('--memory') ? { ...plan.http, connections: [] } : plan.http;
const http = () => runHttp({ plan: httpPlan, measure, serve: serveInChild, tell });
const results = {
  ...(all ? await register() : {}),
  ...(wants('--logins') ? { logins: await runLogins({ plan, measure, tell }) } : {}),
  ...(wants('--crls') ? { crls: await runCrls({ plan, measure, tell }) } : {}),
  ...(wants('--http') || wants('--memory') ? { http: await http() } : {}),
  ...(wants('--eventstoredb') ? { eventstoredb: await runEventStoreDb({ plan, measure, tell }) } : {}),
  ...(wants('--postgres') ? { postgres: await runPostgres({ plan, measure, tell }) } : {}),
  ...(flags.includes('--large') ? { large: await runLarge({ plan, measure, tell }) } : {}),
  ...(wants('--agent') ? { agent: await runAgent({ plan, measure, tell }) } : {}),
  ...(wants('--cards') ? { cards: await runCards({ plan, measure, tell }) } : {}),
};

const today = new Date().toISOString().slice(0, 10);
mkdirSync(workplace, { recursive: true });
const machine = `${today}, ${availableParallelism()} cores, Node ${process.versions.node}, ${fileSystemOf(workplace)}`;
const page = report(results, plan, machine);
console.log(page);

const kept = fileURLToPath(new URL('../results/', import.meta.url));
mkdirSync(kept, { recursive: true });
const name = `${new Date().toISOString().replaceAll(/[:.]/g, '-')}`;
writeFileSync(`${kept}${name}.json`, `${JSON.stringify({ machine, plan, results }, undefined, 2)}\n`);

const missed = allVerdicts(results).filter((verdict) => verdict.holds === false);
if (flags.includes('--strict') && missed.length > 0) process.exitCode = 1;
