/**
 * The program of the child process: its arguments are the packages to try, the best first.
 *
 * @packageDocumentation
 */
import type { Layer } from './layer.js';
import { pcscHandler } from './pcsc-handler.js';
import type { PcscRequest } from './pcsc-requests.js';
import { serve, tellEvent, wordsOf } from './serve.js';

// Neither is loaded, nor has to be there, before it is asked for.
const layers: ReadonlyMap<string, () => Promise<Layer>> = new Map([
  ['pcsc-mini', async () => (await import('./pcsc-mini.js')).pcscMiniLayer()],
  ['smartcard', async () => (await import('./smartcard.js')).smartcardLayer()],
]);

const firstLine = (text: string): string => text.split('\n')[0] ?? '';

const firstThere = async (names: ReadonlyArray<string>): Promise<Layer> => {
  const why: Array<string> = [];
  for (const name of names) {
    try {
      const load = layers.get(name);
      if (load !== undefined) return await load();
      why.push(`${name}: not known`);
    } catch (thrown) {
      why.push(`${name}: ${firstLine(wordsOf(thrown))}`);
    }
  }
  throw new Error(`no package for PC/SC can be loaded: ${why.join('; ')}`);
};

await serve(async () => {
  const handle = pcscHandler(await firstThere(process.argv.slice(2)), tellEvent);
  return (request, alive) => handle(request as PcscRequest, alive);
});
