/**
 * What an auditor has: the stored events, and a decision index that was kept up to date while the story went on.
 *
 * @packageDocumentation
 */
import { createAuthorityIndex, type PortalPolicy } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import type { Person } from '../world/cast.js';
import type { Office } from '../world/office.js';

export interface Moment {
  /** ISO 8601; now where it is left out. */
  readonly at?: string;
  /** By what had been recorded until then. */
  readonly knownAt?: string;
}

export interface Books {
  /** `可以 yes`, or the code of what is missing. */
  readonly may: (person: Person, fn: string, moment?: Moment) => Promise<string>;
  /** The instant of the story's clock. */
  readonly now: () => string;
  /** Answers of the index that was kept and of one made anew from the stored events, for everybody and every time. */
  readonly replay: () => Promise<{ readonly questions: number; readonly differing: number }>;
  readonly nameOf: (pseudonym: string) => string;
}

export const yes = '可以 yes';

export const openBooks = async (
  office: Office,
  policy: PortalPolicy,
  agency: string,
  people: ReadonlyArray<Person>,
  functions: ReadonlyArray<string>,
): Promise<Books> => {
  const pseudonyms = new Map<string, Person>();
  for (const person of people) {
    const made = await office.settings.vault.pseudonym('person', person.nationalId)();
    if (E.isLeft(made)) throw new Error(made.left.detail);
    pseudonyms.set(made.right, person);
  }
  const kept = createAuthorityIndex(policy);
  let seen = 0;
  const now = (): string => new Date(office.clock.now()).toISOString();
  const refresh = async (): Promise<void> => {
    const events = await office.events();
    for (const event of events.slice(seen)) kept.apply(event);
    seen = events.length;
  };
  const answer = (index: typeof kept, person: string, fn: string, at: string, knownAt?: string): string => {
    const known = knownAt === undefined ? {} : { knownAt };
    const decision = index.may({ agency, function: fn, who: { person }, at, ...known });
    return decision.allowed ? yes : decision.code;
  };
  return {
    now,
    nameOf: (pseudonym) => pseudonyms.get(pseudonym)?.name ?? '?',
    may: async (person, fn, { at = now(), knownAt } = {}) => {
      await refresh();
      const [who = ''] = [...pseudonyms].find(([, one]) => one === person) ?? [];
      return answer(kept, who, fn, at, knownAt);
    },
    replay: async () => {
      await refresh();
      const anew = await office.index();
      const times = new Set([now()]);
      for (const { meta } of await office.events()) times.add(meta.recordedAt).add(meta.effectiveAt);
      let [questions, differing] = [0, 0];
      for (const at of times) {
        for (const knownAt of [undefined, ...times]) {
          for (const person of pseudonyms.keys()) {
            for (const fn of functions) {
              questions += 1;
              if (answer(kept, person, fn, at, knownAt) !== answer(anew, person, fn, at, knownAt))
                differing += 1;
            }
          }
        }
      }
      return { questions, differing };
    },
  };
};
