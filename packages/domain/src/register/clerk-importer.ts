/**
 * The part of a register that an operator's program needs to bring in clerks: no cards, no directory, no calendar.
 *
 * @packageDocumentation
 */
import { certificateCache } from '@mandate/certificates';
import * as E from 'fp-ts/lib/Either.js';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import { invalidInput, type RegisterError } from '../errors.js';
import { storeFault } from '../ports/event-store.js';
import type { DependencyFault } from '../ports/faults.js';
import { decodeValue } from '../values/index.js';
import { Command } from './commands.js';
import { createContext } from './context.js';
import { type ExecuteOptions, execute } from './execute.js';
import type { Executed } from './run.js';
import type { RegisterSettings } from './settings.js';

/** What it stands on; see {@link RegisterSettings}. */
export type ClerkImporterSettings = Pick<
  RegisterSettings,
  'policy' | 'store' | 'vault' | 'clock' | 'sha256' | 'retries' | 'clockToleranceMilliseconds'
>;

/** Carries out `ImportClerks`, decoded strictly, and refuses every other command as `INVALID_INPUT`. */
export type ClerkImporter = (
  command: unknown,
  options: ExecuteOptions,
) => TaskEither<RegisterError, Executed>;

const notHere = 'no part of importing clerks';
const noStore = () => async () => E.left(storeFault('STORE_UNAVAILABLE', notHere));
const noAnswer = (dependency: DependencyFault['dependency']) => () => async () =>
  E.left<DependencyFault>({ _tag: 'DependencyFault', dependency, detail: notHere });

/** Ports that nothing asks here; asked after all, they answer that they do not answer. */
const withoutCards = (): Pick<
  RegisterSettings,
  'evidence' | 'challenges' | 'directory' | 'trust' | 'revocation' | 'ids' | 'calendar'
> => ({
  evidence: { put: noStore, get: noStore },
  challenges: {
    addChallenge: noStore,
    consumeChallenge: noStore,
    saveConfirmation: noStore,
    findConfirmation: noStore,
    removeConfirmation: noStore,
  },
  directory: { find: noAnswer('directory') },
  trust: { anchors: [], issuers: [], links: [], cache: certificateCache() },
  revocation: {
    status: () => async () =>
      E.left({ _tag: 'CertificateError', code: 'REVOCATION_UNKNOWN', detail: notHere }),
  },
  ids: { uuid: () => '', nonce: () => '' },
  calendar: { isBusinessDay: () => false, isClosed: () => true },
});

/** Makes a {@link ClerkImporter}. */
export const createClerkImporter = (settings: ClerkImporterSettings): ClerkImporter => {
  const context = createContext({ ...settings, ...withoutCards() });
  return (command, options) => async () => {
    const decoded = decodeValue(Command, command);
    if (E.isLeft(decoded)) return E.left(invalidInput(decoded.left));
    return decoded.right.type === 'ImportClerks'
      ? execute(context, command, options)
      : E.left(invalidInput([{ path: 'type', code: 'UNKNOWN_FIELD' }]));
  };
};
