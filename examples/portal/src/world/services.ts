/**
 * What stands behind the ports of the demonstration's other portals, in memory: health cards with the passwords that their
 * holders set, and accounts. A portal in service has the services of its own office there.
 *
 * @packageDocumentation
 */
import type {
  AccountHolder,
  Accounts,
  AgencyDirectory,
  DirectoryEntry,
  RegisteredCards,
} from '@mandate/domain';
import * as TE from 'fp-ts/lib/TaskEither.js';
import type { TestAccount, TestHealthCard } from './test-means.js';

const tries = 3;

/** Three wrong passwords lock a card until the program is started again. */
export const cardService = (cards: ReadonlyArray<TestHealthCard>): RegisteredCards => {
  const wrong = new Map<string, number>();
  const registered = (nationalId: string): TestHealthCard | undefined =>
    cards.find((card) => card.nationalId === nationalId && card.password !== undefined);
  return {
    prove: ({ nationalId, cardNumber, password }) => {
      const card = registered(nationalId);
      if (card === undefined) return TE.right({ _tag: 'NotRegistered' });
      const failed = wrong.get(nationalId) ?? 0;
      if (failed >= tries) return TE.right({ _tag: 'Locked' });
      if (card.cardNumber !== cardNumber || card.password !== password) {
        wrong.set(nationalId, failed + 1);
        return TE.right({ _tag: 'Refused' });
      }
      wrong.delete(nationalId);
      return TE.right({ _tag: 'Proved', name: card.holder });
    },
    find: (nationalId) => {
      const card = registered(nationalId);
      return TE.right(card === undefined ? undefined : { name: card.holder });
    },
  };
};

const holderOf = ({ account, holder, nationalId, roles }: TestAccount): AccountHolder => ({
  ...{ account, name: holder, nationalId, roles },
});

/** An account acts for the agencies that it belongs to, and for no other. */
export const accountService = (accounts: ReadonlyArray<TestAccount>): Accounts => ({
  prove: ({ account, secret, agencyCode }) => {
    const found = accounts.find((one) => one.account === account && one.password === secret);
    const belongs = agencyCode === null || found?.agencies.includes(agencyCode) === true;
    return TE.right(found === undefined || !belongs ? undefined : holderOf(found));
  },
  find: (nationalId) => {
    const found = accounts.find((one) => one.nationalId === nationalId);
    return TE.right(found === undefined ? undefined : holderOf(found));
  },
});

export const recordsOf = (units: ReadonlyArray<DirectoryEntry>): AgencyDirectory => ({
  find: (code) => TE.right(units.find((unit) => unit.code === code)),
});
