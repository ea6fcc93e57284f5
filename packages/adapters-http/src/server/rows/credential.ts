/**
 * What several rows hold.
 *
 * @packageDocumentation
 */
import { t } from '@mandate/domain';

/** Who did it. A person is a pseudonym; a member of staff is an account name of the portal. */
export const ActorRow = t.union(
  [
    t.strict({ kind: t.literal('agency') }),
    t.strict({ kind: t.literal('manager'), person: t.string }),
    t.strict({ kind: t.literal('clerk'), person: t.string }),
    t.strict({ kind: t.literal('officer'), person: t.string }),
    t.strict({ kind: t.literal('staff'), account: t.string }),
    t.strict({ kind: t.literal('system') }),
  ],
  'ActorRow',
);

export const orNull = <C extends t.Mixed>(codec: C): t.UnionC<[C, t.NullC]> => t.union([codec, t.null]);
