/** `card-raw-main.ts <reader>`: told the commands of an operation, and then for each message does it once. */
import { rawOperation, rawReader } from './card-raw.js';

const [, , name = ''] = process.argv;
const { reader, stop } = await rawReader(name);
let commands: ReadonlyArray<Uint8Array> = [];

process.on('message', async (told: { readonly commands?: ReadonlyArray<Uint8Array> }) => {
  if (told.commands === undefined) await rawOperation(reader, commands);
  else commands = told.commands;
  process.send?.({});
});
process.on('disconnect', () => {
  stop();
  process.exit();
});
