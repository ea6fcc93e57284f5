/**
 * One step of a renewal: load, decide, append, and see how it stands then.
 *
 * @packageDocumentation
 */
import * as E from 'fp-ts/lib/Either.js';
import { invalidInput, type RegisterError, registerError } from '../../errors.js';
import type { Pseudonym } from '../../ports/key-vault.js';
import { renewalStream } from '../../ports/stream-name.js';
import { commandDigest, recordedDigest } from '../../register/command-digest.js';
import { type Decided, noEvidence, nothing, run } from '../../register/run.js';
import { fromVaultFault } from '../../register/vault-faults.js';
import type { t } from '../../schema.js';
import { decodeValue } from '../../values/index.js';
import type { RenewalContext } from './context.js';
import type { Decision } from './decide.js';
import type { RenewalEvent } from './events.js';
import type { Renewal, RenewalState } from './state.js';
import { type RenewalView, viewOf } from './view.js';

export type Answer<A> = Promise<E.Either<RegisterError, A>>;

/** Decodes what was sent, and goes on with it. */
export const decoded =
  <I, A>(codec: t.Type<I, unknown, unknown>, handle: (input: I) => Answer<A>) =>
  (input: unknown) =>
  async (): Answer<A> => {
    const read = decodeValue(codec, input);
    return E.isLeft(read) ? E.left(invalidInput(read.left)) : handle(read.right);
  };

/** How the renewals of a card stand; `card` is what `cardName` became. */
export const stateOf = async ({ cards }: RenewalContext, card: string): Answer<RenewalState> =>
  E.map(({ state }: { readonly state: RenewalState }) => state)(
    await cards.load(renewalStream(card as Pseudonym)),
  );

/** The renewal of this id. Errors: `RENEWAL_NOT_FOUND`. */
export const renewalOfId = async (
  context: RenewalContext,
  { card, renewal }: { readonly card: string; readonly renewal: string },
): Answer<Renewal> => {
  const state = await stateOf(context, card);
  if (E.isLeft(state)) return state;
  const { last } = state.right;
  return last?.id === renewal ? E.right(last) : E.left(registerError('RENEWAL_NOT_FOUND'));
};

export interface Step {
  readonly commandId: string;
  readonly card: string;
  /** What makes this command another one than others under its id. */
  readonly command: Readonly<Record<string, unknown>>;
  readonly decide: (state: RenewalState) => Decision;
}

/** Carries a step out, once however often it is asked for, and answers how the card's last renewal stands. */
export const carryOut = async (
  context: RenewalContext,
  { commandId, card, command, decide }: Step,
): Answer<Renewal> => {
  const { sha256, vault } = context;
  const digest = await recordedDigest(vault, commandDigest(sha256, command), null)();
  if (E.isLeft(digest)) return E.left(fromVaultFault(digest.left));
  const executed = await run(
    { context, commandId, digest: digest.right, dryRun: false },
    {
      stream: renewalStream(card as Pseudonym),
      streams: context.cards,
      // The portal's program records it; whose renewal it is stands in its first event.
      decide: async (state) =>
        E.map(
          (events: ReadonlyArray<RenewalEvent>): Decided => ({
            events,
            actor: { kind: 'system' },
            cause: state.last === null ? null : state.last.event,
            evidence: [],
            confirmation: null,
          }),
        )(decide(state)),
      keep: noEvidence,
      withoutEvents: nothing,
      after: nothing,
    },
  );
  if (E.isLeft(executed)) return executed;
  const state = await stateOf(context, card);
  if (E.isLeft(state)) return state;
  return state.right.last === null ? E.left(registerError('RENEWAL_NOT_FOUND')) : E.right(state.right.last);
};

export const seen = (context: RenewalContext, card: string, renewal: Renewal): Answer<RenewalView> =>
  viewOf(context.vault, card, renewal);
