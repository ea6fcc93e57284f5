/**
 * What stands behind the ports of a portal whose steps are not all of certificates: here in memory, in a portal its own
 * services.
 *
 * @packageDocumentation
 */
import type { AccountHolder, Accounts, AgencyDirectory, RegisteredCards } from '@mandate/domain';
import * as TE from 'fp-ts/lib/TaskEither.js';
import type { Person, Unit } from './cast.js';

const tries = 3;

/** Health cards by their holders; three wrong passwords lock one. */
export const cardService = (people: ReadonlyArray<Person>): RegisteredCards => {
  const wrong = new Map<string, number>();
  const holderOf = (nationalId: string): Person | undefined =>
    people.find((person) => person.nationalId === nationalId && person.healthCard !== undefined);
  return {
    prove: ({ nationalId, cardNumber, password }) => {
      const holder = holderOf(nationalId);
      if (holder?.healthCard === undefined) return TE.right({ _tag: 'NotRegistered' });
      const failed = wrong.get(nationalId) ?? 0;
      if (failed >= tries) return TE.right({ _tag: 'Locked' });
      const { number, password: expected } = holder.healthCard;
      if (number !== cardNumber || expected !== password) {
        wrong.set(nationalId, failed + 1);
        return TE.right({ _tag: 'Refused' });
      }
      wrong.delete(nationalId);
      return TE.right({ _tag: 'Proved', name: holder.name });
    },
    find: (nationalId) => {
      const holder = holderOf(nationalId);
      return TE.right(holder === undefined ? undefined : { name: holder.name });
    },
  };
};

/** Accounts by name. */
export const accountService = (people: ReadonlyArray<Person>): Accounts => {
  const toHolder = ({ name, nationalId, account }: Person): AccountHolder | undefined =>
    account === undefined ? undefined : { account: account.name, name, nationalId, roles: account.roles };
  return {
    prove: ({ account, secret }) => {
      const person = people.find((one) => one.account?.name === account);
      return TE.right(person?.account?.secret === secret ? toHolder(person) : undefined);
    },
    find: (nationalId) => {
      const person = people.find((one) => one.nationalId === nationalId);
      return TE.right(person === undefined ? undefined : toHolder(person));
    },
  };
};

export const directoryOf = (units: ReadonlyArray<Unit>): AgencyDirectory => ({
  find: (code) => {
    const unit = units.find((one) => one.code === code);
    if (unit === undefined) return TE.right(undefined);
    const { name, organisation, responsible } = unit;
    return TE.right({ code, name, organisation, ...(responsible === undefined ? {} : { responsible }) });
  },
});
