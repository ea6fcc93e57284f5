/**
 * Who changed a card → which cards to bring, which operations, in which order (GEPI-44, GEPI-45).
 *
 * @packageDocumentation
 */
import { type PortalPolicy, type PurposePolicy, purposeOf, type Role, type StepRole } from './policy.js';

/** Whose certificate was renewed or replaced. */
export interface Changed {
  readonly agency: boolean;
  readonly manager: boolean;
  readonly clerk: boolean;
  /** The manager is a clerk too: one card, two entries, two operations (GEPI-43). */
  readonly managerIsClerk: boolean;
}

export interface PlannedCard {
  readonly role: Role;
  /** The new card (更換後), or the one on record. */
  readonly which: 'new' | 'current';
}

export interface PlannedOperation {
  readonly order: number;
  readonly purpose: PurposePolicy;
  readonly cards: ReadonlyArray<PlannedCard>;
}

export interface Plan {
  readonly operations: ReadonlyArray<PlannedOperation>;
  /** Every card that must be at hand, each once. */
  readonly cards: ReadonlyArray<PlannedCard>;
}

/** Commands for which the new card of a clerk is brought along. */
const entersClerks: ReadonlySet<string> = new Set(['AuthorizeClerk', 'RegisterCredential']);

const roles: ReadonlyArray<Role> = ['agency', 'manager', 'clerk'];

/** `undefined` where the portal's table has no row for it, as when nothing changed. */
export const planReplacement = (policy: PortalPolicy, changed: Changed): Plan | undefined => {
  const clerk = changed.clerk || (changed.manager && changed.managerIsClerk);
  const manager = changed.manager || (changed.clerk && changed.managerIsClerk);
  const set: Readonly<Record<Role, boolean>> = { agency: changed.agency, manager, clerk };
  const wanted = roles.filter((role) => set[role]);
  const row = policy.planner.find(
    (candidate) =>
      candidate.changed.length === wanted.length && wanted.every((role) => candidate.changed.includes(role)),
  );
  if (row === undefined || wanted.length === 0) return undefined;

  const operations = row.operations.flatMap((id, index): ReadonlyArray<PlannedOperation> => {
    const purpose = purposeOf(policy, id);
    if (purpose === undefined) return [];
    const stepCards = purpose.steps.flatMap(
      ({ role }): ReadonlyArray<PlannedCard> =>
        role === 'officer' ? [] : [{ role, which: set[role] ? 'new' : 'current' }],
    );
    const touchesClerks = purpose.commands.some((command) => entersClerks.has(command)) && clerk;
    return [
      {
        order: index + 1,
        purpose,
        cards: touchesClerks ? [...stepCards, { role: 'clerk', which: 'new' }] : stepCards,
      },
    ];
  });
  const cards = roles.flatMap((role): ReadonlyArray<PlannedCard> => {
    const used = operations.flatMap((operation) => operation.cards).find((card) => card.role === role);
    return used === undefined ? [] : [used];
  });
  return { operations, cards };
};

/**
 * Who must come besides somebody of these roles, before the purpose lets them do anything: nobody where they do it alone, such as
 * the officer who adds an own certificate (DOC-3), the agency and its manager where a clerk's serial is edited (GEPI-42).
 */
export const othersNeeded = (
  { steps }: Pick<PurposePolicy, 'steps'>,
  own: ReadonlyArray<Role>,
): ReadonlyArray<StepRole> => {
  const mine: ReadonlySet<StepRole> = new Set<StepRole>(own);
  return [...new Set(steps.map(({ role }) => role))].filter((role) => !mine.has(role));
};
