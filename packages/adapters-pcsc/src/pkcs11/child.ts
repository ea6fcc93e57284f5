/**
 * The process that holds a module: a vendor's library that hangs or crashes takes this process with it and no other. Its
 * argument is the module's path; it answers one question at a time and ends with the program that started it.
 */
import * as E from 'fp-ts/lib/Either.js';

import { serve } from '../process/serve.js';
import { answerer } from './commands.js';
import { nativeCryptoki } from './native.js';
import type { Answer, Question } from './protocol.js';
import { cardFault } from './return-values.js';

const [, , path = ''] = process.argv;

/** What it throws is told as the reason why there is no PKCS#11 here. */
const load = async () => {
  const binding = await import('pkcs11js').catch(() => undefined);
  if (binding === undefined) throw new Error('pkcs11js is not installed, or was not built');
  const module = new binding.PKCS11();
  try {
    module.load(path);
    return answerer(nativeCryptoki(module));
  } catch {
    // The loader's words name paths of this machine and nothing that helps more.
    throw new Error('the PKCS#11 module cannot be loaded');
  }
};

await serve(async () => {
  const commands = await load();
  return async (question): Promise<Answer> => {
    // The pairs of question and answer are those of `Commands`; the other end is `host.ts` of this release.
    const { name, input } = question as Question;
    const command = commands[name] as (input: unknown) => E.Either<Answer['fault'], unknown>;
    try {
      const result = command(input);
      if (E.isRight(result)) return { output: result.right };
      return result.left === undefined ? {} : { fault: result.left };
    } catch {
      return { fault: cardFault('CARD_FAULT', `${name} failed`) };
    }
  };
});
