/**
 * Receipts of what ended its session, for a while: a page that can be loaded again, by the browser that it was given to and no
 * other. In memory: they are a convenience, and what was done stands in the register.
 *
 * @packageDocumentation
 */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { StepRole } from '@mandate/domain';
import { cookieOf, setCookie } from './cookies.js';

interface AnyReceipt {
  readonly commandId: string;
  /** Id of the first event. */
  readonly number: string;
  /** ISO 8601. */
  readonly at: string;
}

/** What the receipt of card holders says. The manager's name stands in it and no ID. */
export interface HolderReceipt extends AnyReceipt {
  readonly of: 'holder';
  readonly purpose: string;
  readonly agencyCode: string;
  readonly cards: ReadonlyArray<{
    readonly role: StepRole;
    readonly displayName: string;
    readonly serial: string;
  }>;
  /** Of a manager's card that was replaced: whether its holder is another person (GEPI-49). */
  readonly newManager: boolean | undefined;
}

/** What that of staff says: nothing personal but the account. */
export interface StaffReceipt extends AnyReceipt {
  readonly of: 'staff';
  readonly account: string;
  /** Key of what was done. */
  readonly item: string;
  /** Key of the label, and the value. */
  readonly facts: ReadonlyArray<readonly [label: string, value: string]>;
}

export type KeptReceipt = HolderReceipt | StaffReceipt;

/** With the time until which it can be loaded; ISO 8601. */
export type FoundReceipt = KeptReceipt & { readonly until: string };

export interface ReceiptShelf {
  /** Answers its id, for the address, and the `Set-Cookie` without which the address shows nothing. */
  readonly keep: (request: Request, receipt: KeptReceipt) => { readonly id: string; readonly cookie: string };
  readonly find: (request: Request, id: string) => FoundReceipt | undefined;
  /** The id of the receipt of a command: its form has come once more. */
  readonly ofCommand: (request: Request, commandId: string) => string | undefined;
}

const cookieName = '__Host-portal-receipt';

/** Long enough to print, short enough for a counter with one computer for all. */
const seconds = 15 * 60;
const most = 500;

/** Takes the cookie away: whoever signs out leaves no receipt behind. */
export const noReceiptCookie = setCookie(cookieName, '', 0);

interface Kept {
  readonly receipt: KeptReceipt;
  /** SHA-256 of the browser's key. */
  readonly key: string;
  readonly until: number;
}

const hashOf = (key: string): string => createHash('sha256').update(key).digest('hex');

export const receiptShelf = (now: () => number): ReceiptShelf => {
  const kept = new Map<string, Kept>();
  const forgetOld = (): void => {
    for (const [id, { until }] of kept) if (until <= now() || kept.size > most) kept.delete(id);
  };
  /** All that this browser may see, by id. */
  const ofBrowser = (request: Request): ReadonlyMap<string, Kept> => {
    forgetOld();
    const given = cookieOf(request, cookieName);
    const hash = given === undefined ? undefined : hashOf(given);
    return new Map([...kept].filter(([, { key }]) => key === hash));
  };
  return {
    keep: (request, receipt) => {
      // A key that was given out here serves on, so that the receipt before can still be seen.
      const known = ofBrowser(request).size > 0 ? cookieOf(request, cookieName) : undefined;
      const key = known ?? randomBytes(32).toString('base64url');
      const id = randomUUID();
      kept.set(id, { receipt, key: hashOf(key), until: now() + seconds * 1000 });
      forgetOld();
      return { id, cookie: setCookie(cookieName, key, seconds) };
    },
    find: (request, id) => {
      const found = ofBrowser(request).get(id);
      return found === undefined
        ? undefined
        : { ...found.receipt, until: new Date(found.until).toISOString() };
    },
    ofCommand: (request, commandId) =>
      [...ofBrowser(request)].find(([, { receipt }]) => receipt.commandId === commandId)?.[0],
  };
};
