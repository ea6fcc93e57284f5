/**
 * Giving a command of card holders to the register, in the name of a session.
 *
 * @packageDocumentation
 */
import type { CardCommand, RegisterError } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import type { SessionCaller } from '../caller.js';
import type { Refusal } from '../problem.js';
import type { Reply } from '../route.js';
import { type CommandAnswer, commandReply } from '../rows/executed.js';
import type { Scope } from '../scope.js';
import { endsSession } from '../session/challenge.js';

type SessionScope = Scope<SessionCaller>;

/**
 * Ends a session whose cards open nothing any more. The code alone does not tell whose certificate it speaks of: that of a clerk
 * whom the manager enters may be revoked as well.
 */
const endWhereOver = async ({ app, caller }: SessionScope, { code }: RegisterError): Promise<void> => {
  if (!endsSession(code)) return;
  const stands = await app.register.checkConfirmation(caller.confirmation)();
  if (E.isLeft(stands) && endsSession(stands.left.code)) await app.sessions.end(caller.session)();
};

/** Asks something of the register under the session's confirmation. */
export const asking =
  <A>(
    scope: SessionScope,
    ask: (confirmation: string) => TaskEither<RegisterError, A>,
  ): TaskEither<Refusal, A> =>
  async () => {
    const answer = await ask(scope.caller.confirmation)();
    if (E.isLeft(answer)) await endWhereOver(scope, answer.left);
    return answer;
  };

/** Gives a command. Kind, agency and confirmation are never the caller's to say. */
export const give = (
  scope: SessionScope,
  type: CardCommand['type'],
  fields: Readonly<Record<string, unknown>>,
): TaskEither<Refusal, Reply<CommandAnswer>> => {
  const { app, caller, commandId } = scope;
  const executed = asking(scope, (confirmation) =>
    app.register.execute({ ...fields, type, commandId, agencyCode: caller.agencyCode, confirmation }),
  );
  return async () => E.map(commandReply)(await executed());
};
