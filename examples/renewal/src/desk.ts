/**
 * What the programme stands on: stores on this computer, and a CA over EST.
 *
 * @packageDocumentation
 */
import { nodeSha256, openSqliteAdapters, type SqliteAdapters } from '@mandate/adapters-eventstore';
import { estAuthority } from '@mandate/adapters-http/est';
import type { TestPki } from '@mandate/certificates/test-pki';
import { type Clock, createRenewals, moicaRenewal, type Renewals } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';

export interface Desk {
  readonly renewals: Renewals;
  readonly stores: SqliteAdapters;
  readonly close: () => Promise<void>;
}

export interface DeskSettings {
  /** Where the databases lie. */
  readonly folder: string;
  readonly pki: TestPki;
  /** Of the CA. */
  readonly uri: string;
  readonly clock: Clock;
}

const secret = new TextEncoder().encode('a secret of this example, and of no portal');

/** Opens it, or opens it again: what was begun is there. A promise that rejects is a folder that cannot be used. */
export const openDesk = async ({ folder, pki, uri, clock }: DeskSettings): Promise<Desk> => {
  const opened = await openSqliteAdapters({ directory: folder, secret, clock })();
  if (E.isLeft(opened)) throw new Error(`${opened.left.code}: ${opened.left.detail}`);
  const stores = opened.right;
  const authority = estAuthority({
    uri,
    clock,
    allowPlainHttp: true,
    allowAddresses: ['127.0.0.1'],
  });
  const renewals = createRenewals({
    pack: moicaRenewal,
    store: stores.events,
    vault: stores.vault,
    trust: pki.trust,
    revocation: pki.revocation,
    authority,
    clock,
    sha256: nodeSha256,
  });
  const close = async (): Promise<void> => {
    await authority.close();
    await stores.close();
  };
  return { renewals, stores, close };
};
