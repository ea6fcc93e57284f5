/** A server in a process of its own: `serve.ts <subject> <params as JSON>`. It answers its parent's questions and ends with it. */
import { writeFileSync } from 'node:fs';
import { getHeapStatistics } from 'node:v8';
import { liveBytes } from '../lib/memory.js';
import { serveNothing } from './nothing.js';
import { servePortal } from './portal.js';
import type { Question, ServeParams, Told } from './server-process.js';

const [, , subject = '', params = '{}'] = process.argv;
const { folder, agencies, eventsPerAgency } = JSON.parse(params) as ServeParams;
const MiB = 2 ** 20;

const served =
  subject === 'nothing' ? await serveNothing() : await servePortal({ folder, agencies, eventsPerAgency });
const file = `${folder}/targets.json`;
writeFileSync(file, JSON.stringify(served.targets ?? {}));

const usedMilliseconds = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

const tell = (told: Told): void => void process.send?.(told);

process.on('message', async (question: Question) => {
  if (typeof question === 'object') tell({ figures: await served.alone?.(question.alone) });
  if (question === 'used') tell({ milliseconds: usedMilliseconds() });
  if (question === 'events') tell({ events: (await served.events?.()) ?? 0 });
  if (question === 'size') {
    const heapMiB = getHeapStatistics().total_physical_size / MiB;
    tell({ residentMiB: process.memoryUsage.rss() / MiB, heapMiB });
  }
  if (question === 'live') tell({ MiB: (await liveBytes()) / MiB });
  if (question === 'stop') {
    await served.stop();
    process.disconnect();
  }
});
// Without a parent there is nobody left to stop it.
process.on('disconnect', () => process.exit());

tell({ port: served.port, file });
