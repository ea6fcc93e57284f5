/**
 * The process that holds a module: a vendor's library that hangs or crashes takes this process with it and no other. Its
 * argument is the module's path; it answers one question at a time and ends with the program that started it.
 */
import * as E from 'fp-ts/lib/Either.js';

import { answerer } from './commands.js';
import { nativeCryptoki } from './native.js';
import type { Answer, Question } from './protocol.js';
import { cardFault } from './return-values.js';

const [, , path = ''] = process.argv;

const notLoaded = (detail: string) => E.left(cardFault('NO_PCSC', detail));

const load = async () => {
  const binding = await import('pkcs11js').catch(() => undefined);
  if (binding === undefined) return notLoaded('pkcs11js is not installed, or was not built');
  const module = new binding.PKCS11();
  try {
    module.load(path);
    return E.right(answerer(nativeCryptoki(module)));
  } catch {
    // The loader's words name paths of this machine and nothing that helps more.
    return notLoaded('the PKCS#11 module cannot be loaded');
  }
};

const loaded = load();

const answer = async ({ number, name, input }: Question): Promise<Answer> => {
  const module = await loaded;
  if (E.isLeft(module)) return { number, fault: module.left };
  // The pairs of question and answer are those of `Commands`; the other end is `host.ts` of this release.
  const command = module.right[name] as (input: unknown) => E.Either<Answer['fault'], unknown>;
  try {
    const result = command(input);
    return E.isLeft(result)
      ? { number, ...(result.left === undefined ? {} : { fault: result.left }) }
      : { number, output: result.right };
  } catch {
    return { number, fault: cardFault('CARD_FAULT', `${name} failed`) };
  }
};

process.on('message', (question: Question) => {
  void answer(question).then((said) => process.send?.(said));
});
process.on('disconnect', () => process.exit());
