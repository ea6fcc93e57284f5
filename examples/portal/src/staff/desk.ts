/**
 * How the staff of the demonstration sign in: three accounts with a password each, in memory. A portal in service has the
 * directory of its own office behind the same port.
 *
 * @packageDocumentation
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { StaffMember, StaffPort, StaffRole } from '@mandate/adapters-http/server';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { cookieOf, setCookie } from '../site/cookies.js';

const cookieName = '__Host-portal-staff';

export interface StaffAccount {
  readonly account: string;
  readonly roles: ReadonlyArray<StaffRole>;
  readonly password: string;
}

/** Somebody who is in. */
export interface StaffSession {
  readonly member: StaffMember;
  /** For the hidden field of every form. */
  readonly csrf: string;
}

export interface StaffDesk {
  readonly port: StaffPort;
  /** In test mode the sign-in page shows them. */
  readonly accounts: ReadonlyArray<StaffAccount>;
  /** The `Set-Cookie` of a new session; `undefined` where account or password is wrong, or was too often. */
  readonly signIn: (account: string, password: string) => string | undefined;
  /** Ends the session of a request; answers the `Set-Cookie` that takes the cookie away. */
  readonly signOut: (request: Request) => string;
  readonly find: (request: Request) => StaffSession | undefined;
}

interface Kept extends StaffSession {
  lastUsedAt: number;
  readonly until: number;
}

const minute = 60_000;
const idle = 30 * minute;
const longest = 8 * 60 * minute;
/** Sessions at a time, and wrong passwords for an account in a minute. */
const mostSessions = 200;
const mostTries = 5;

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
const token = (): string => randomBytes(32).toString('base64url');

/** With passwords of this start. */
export const demonstrationAccounts = (): ReadonlyArray<StaffAccount> =>
  (
    [
      ['R0001', ['reviewer']],
      ['O0001', ['operator']],
      ['A0001', ['auditor']],
    ] as const
  ).map(([account, roles]) => ({ account, roles, password: randomBytes(9).toString('base64url') }));

export const staffDesk = (accounts: ReadonlyArray<StaffAccount>, now: () => number): StaffDesk => {
  /** By the SHA-256 of the token: whoever reads the memory of it enters nobody's session. */
  const sessions = new Map<string, Kept>();
  const failures = new Map<string, { count: number; readonly until: number }>();
  const keyOf = (text: string): string => digest(text).toString('hex');

  const standing = (request: Request): Kept | undefined => {
    const given = cookieOf(request, cookieName);
    if (given === undefined) return undefined;
    const key = keyOf(given);
    const kept = sessions.get(key);
    if (kept === undefined) return undefined;
    if (now() >= kept.until || now() >= kept.lastUsedAt + idle) {
      sessions.delete(key);
      return undefined;
    }
    return kept;
  };
  const find = (request: Request): Kept | undefined => {
    const kept = standing(request);
    if (kept !== undefined) kept.lastUsedAt = now();
    return kept;
  };

  /** Too many wrong passwords hold an account up for a minute. */
  const isHeldUp = (account: string): boolean => {
    const failed = failures.get(account);
    return failed !== undefined && failed.until > now() && failed.count >= mostTries;
  };
  const noteFailure = (account: string): void => {
    const failed = failures.get(account);
    if (failed === undefined || failed.until <= now())
      failures.set(account, { count: 1, until: now() + minute });
    else failed.count += 1;
  };

  return {
    accounts,
    find,
    port: {
      authenticate: (request) => TE.right(find(request)?.member),
      stillIn: (request) => TE.right(standing(request)?.member),
      csrf: (request) => {
        const expected = find(request)?.csrf;
        const given = request.headers.get('x-mandate-csrf');
        return expected !== undefined && given !== null && timingSafeEqual(digest(given), digest(expected));
      },
    },
    signIn: (account, password) => {
      const known = accounts.find((one) => one.account === account);
      if (known === undefined || isHeldUp(known.account)) return undefined;
      if (!timingSafeEqual(digest(password), digest(known.password))) {
        noteFailure(known.account);
        return undefined;
      }
      failures.delete(known.account);
      // The longest unused makes room.
      const [oldest] = sessions.keys();
      if (sessions.size >= mostSessions && oldest !== undefined) sessions.delete(oldest);
      const opened = token();
      const member = { account: known.account, roles: known.roles };
      sessions.set(keyOf(opened), { member, csrf: token(), lastUsedAt: now(), until: now() + longest });
      return setCookie(cookieName, opened);
    },
    signOut: (request) => {
      const given = cookieOf(request, cookieName);
      if (given !== undefined) sessions.delete(keyOf(given));
      return setCookie(cookieName, '', 0);
    },
  };
};
