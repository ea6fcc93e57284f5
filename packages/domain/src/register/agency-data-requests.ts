/**
 * What agencies asked staff to change, for whoever decides (NHI-23), straight from the events.
 *
 * @packageDocumentation
 */
import * as E from 'fp-ts/lib/Either.js';
import { type AgencyValues, DecisionNote, RequestedValues } from '../agency-data/events.js';
import { type ChangeRequest, valueAt } from '../agency-data/state.js';
import { invalidInput, type RegisterError } from '../errors.js';
import type { SealedPart } from '../events/define.js';
import { t } from '../schema.js';
import { decodeValue, UnitCode } from '../values/index.js';
import { agencyFacts, type RegisterContext } from './context.js';
import { openSealed } from './opening.js';

/** A request and what it would change. Values are `null` where nothing stands, or it can no longer be read. */
export interface AgencyDataRequest {
  readonly id: string;
  readonly changes: ReadonlyArray<{
    readonly field: string;
    readonly value: string | null;
    /** What holds now. */
    readonly now: string | null;
  }>;
  readonly contact: {
    readonly name: string;
    readonly phone: string;
    readonly extension: string | null;
  } | null;
  /** SHA-256 of each document. */
  readonly attachments: ReadonlyArray<string>;
  /** 相關證明文件說明. */
  readonly explanation: string | null;
  /** From when it was asked to hold; ISO, UTC. */
  readonly from: string | null;
  readonly status: ChangeRequest['status'];
  /** What staff told with their decision. */
  readonly note: string | null;
}

type Result<A> = Promise<E.Either<RegisterError, A>>;

/** What was saved and what was asked for both hold them. */
const Saved: t.Type<AgencyValues, AgencyValues, unknown> = t.type({ values: t.record(t.string, t.string) });

const valueIn = async (
  { vault }: RegisterContext,
  sealed: SealedPart | undefined,
  field: string,
): Result<string | null> => {
  if (sealed === undefined) return E.right(null);
  const opened = await openSealed(vault, Saved, sealed);
  if (E.isLeft(opened)) return opened;
  return E.right(new Map(Object.entries(opened.right?.values ?? {})).get(field) ?? null);
};

/** What staff told; `null` where nothing, or it can no longer be read. */
export const noteIn = async (
  { vault }: Pick<RegisterContext, 'vault'>,
  sealed: SealedPart | undefined,
): Result<string | null> => {
  if (sealed === undefined) return E.right(null);
  return E.map((opened: { readonly note: string } | undefined) => opened?.note ?? null)(
    await openSealed(vault, DecisionNote, sealed),
  );
};

/** In the order in which they were asked for, decided ones too. */
export const agencyDataRequests = async (
  context: RegisterContext,
  agency: unknown,
): Result<ReadonlyArray<AgencyDataRequest>> => {
  const code = decodeValue(UnitCode, agency);
  if (E.isLeft(code)) return E.left(invalidInput(code.left));
  const facts = await agencyFacts(context, code.right);
  if (E.isLeft(facts)) return facts;
  const { data } = facts.right.state;
  const now = context.now();
  const requests: AgencyDataRequest[] = [];
  for (const { id, fields, attachments, from, status, sealed, note } of data.requests.values()) {
    const asked = await openSealed(context.vault, RequestedValues, sealed);
    if (E.isLeft(asked)) return asked;
    const changes: Array<AgencyDataRequest['changes'][number]> = [];
    for (const field of fields) {
      const before = await valueIn(context, valueAt(data, field, now)?.sealed, field);
      if (E.isLeft(before)) return before;
      changes.push({ field, value: asked.right?.values[field] ?? null, now: before.right });
    }
    const told = await noteIn(context, note);
    if (E.isLeft(told)) return told;
    const { contact = null, explanation = null } = asked.right ?? {};
    requests.push({ id, changes, contact, attachments, explanation, from, status, note: told.right });
  }
  return E.right(requests);
};
