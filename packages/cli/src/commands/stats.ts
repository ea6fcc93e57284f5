/**
 * `mandate stats`.
 *
 * @packageDocumentation
 */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { nodeSha256 } from '@mandate/adapters-eventstore';
import { createRegisterCodec } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import { type Command, common } from '../command.js';
import { isRegisterFolder, openEvents } from '../register/open.js';
import { type Stats, statsOf } from '../register/stats.js';

const files = ['events.db', 'events.db-wal', 'evidence.db', 'vault.db', 'challenges.db'];

const sizesOf = (folder: string): Readonly<Record<string, number>> =>
  Object.fromEntries(
    files.flatMap((name) => {
      const size = statSync(join(folder, name), { throwIfNoEntry: false })?.size;
      return size === undefined ? [] : [[name, size]];
    }),
  );

const table = (rows: Readonly<Record<string, number>>): string =>
  Object.entries(rows)
    .map(([name, count]) => `  ${name.padEnd(32)}${String(count).padStart(14)}\n`)
    .join('');

export const statsCommand: Command = {
  name: 'stats',
  zh: '統計:事件、串流、類型、期間、大小',
  en: 'count: events, streams, types, time, size',
  options: { from: common.from },
  run: async (given, session) => {
    const from = given.needed('from');
    const opened = await openEvents(from, 'read');
    if (E.isLeft(opened)) return opened;
    const { events, count } = opened.right;
    const counted = await count?.()();
    const total = counted !== undefined && E.isRight(counted) ? counted.right : undefined;
    const progress = session.progress('統計', 'counting');
    const found = await statsOf(events, createRegisterCodec(nodeSha256), (done) =>
      progress.tell(done, total),
    );
    progress.end();
    await events.close();
    const { say } = session;
    return E.map((stats: Stats) => {
      const bytes = isRegisterFolder(from) ? sizesOf(from) : {};
      const text = [
        say(
          `事件 ${stats.events}、串流 ${stats.streams}\n`,
          `${stats.events} events, ${stats.streams} streams\n`,
        ),
        `  ${stats.first ?? '-'} … ${stats.last ?? '-'}\n`,
        say('串流種類\n', 'streams by kind\n'),
        table(stats.kinds),
        say('事件類型\n', 'events by type\n'),
        table(stats.types),
        say('檔案(位元組)\n', 'files, in bytes\n'),
        table(bytes),
      ].join('');
      return { json: { ...stats, files: bytes }, text };
    })(found);
  },
};
