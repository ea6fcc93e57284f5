// What commands say of a folder whose files are damaged, and that they leave them as they are.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { mandateJson } from './support/terminal.js';
import { filledFolder, freshDirectory, secretFile } from './support/world.js';

/** All files of a folder with what they hold. */
const held = (folder: string): ReadonlyArray<readonly [string, Buffer]> =>
  readdirSync(folder)
    .sort()
    .map((name) => [name, readFileSync(join(folder, name))]);

const emptied = suite('files that lost everything');

/** A database of one page, on which no table is listed: as SQLite leaves it when all were dropped. */
const withoutTables = (): Buffer => {
  const page = Buffer.alloc(4_096);
  page.write('SQLite format 3\0', 'latin1');
  page.writeUInt16BE(page.length, 16);
  // Versions of the format, fractions, change counter, pages, schema format, UTF-8, and for which change they hold.
  for (const [at, value] of [
    [18, 1],
    [19, 1],
    [21, 64],
    [22, 32],
    [23, 32],
  ] as const)
    page[at] = value;
  for (const [at, value] of [
    [24, 1],
    [28, 1],
    [44, 4],
    [56, 1],
    [92, 1],
  ] as const)
    page.writeUInt32BE(value, at);
  page.writeUInt8(0x0d, 100);
  page.writeUInt16BE(page.length, 105);
  return page;
};

/** Files that SQLite would take for new ones. */
const losses: ReadonlyArray<readonly [string, Buffer]> = [
  ['0 bytes', Buffer.alloc(0)],
  ['no table', withoutTables()],
];

for (const [loss, left] of losses) {
  emptied(`events.db with ${loss} is damage for every command that reads, and stays as it is`, async () => {
    const folder = await filledFolder(1);
    writeFileSync(join(folder, 'events.db'), left);
    const before = held(folder);
    const secret = secretFile();
    const away = freshDirectory();
    const commands = [
      ['verify', '--from', folder],
      ['verify', '--from', folder, '--secret-file', secret],
      ['stats', '--from', folder],
      ['export', '--from', folder, '--to', join(away, 'register.jsonl')],
      ['backup', '--from', folder, '--secret-file', secret, '--to', join(away, 'copy')],
      ['replay', '--from', folder, '--into', join(away, 'models.db')],
      ['reapply', 'forgettings', '--from', folder, '--secret-file', secret],
      ['projections', 'status', '--from', folder, '--models', join(away, 'models.db')],
    ];
    for (const words of commands) {
      const ran = await mandateJson(words);
      assert.equal([ran.exit, ran['code']], [1, 'REGISTER_DAMAGED'], words.join(' '));
      assert.match(String(ran['detail']), /events\.db: .*(file is empty|without any table)/);
      assert.equal(held(folder), before, words.join(' '));
      assert.equal(readdirSync(away), [], words.join(' '));
    }
  });
}

emptied.run();
