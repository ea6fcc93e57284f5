/**
 * Staff and other systems for tests: who they are stands in their bearer token.
 *
 * @packageDocumentation
 */
import * as TE from 'fp-ts/lib/TaskEither.js';
import { type RegisterClient, registerClient } from '../../../src/client/index.js';
import type { ClientPort, RegisterApp, StaffPort } from '../../../src/server/index.js';
import { origin } from './office.js';

const bearer = ({ headers }: Request): string => (headers.get('authorization') ?? '').replace(/^Bearer /, '');

/** `rev-1` reviews, `ops-1` operates, `aud-1` audits; `all-1` does everything. */
export const staffPort: StaffPort = {
  authenticate: (request) => {
    const account = bearer(request);
    const roles = {
      'rev-1': ['reviewer'],
      'ops-1': ['operator'],
      'aud-1': ['auditor'],
      'all-1': ['reviewer', 'operator', 'auditor'],
    } as const;
    return TE.right(
      Object.hasOwn(roles, account) ? { account, roles: roles[account as keyof typeof roles] } : undefined,
    );
  },
  csrf: ({ headers }) => headers.get('x-staff-csrf') === 'yes',
};

/** `gate` decides, `mirror` reads changes. */
export const clientPort: ClientPort = {
  authenticate: (request) => {
    const id = bearer(request);
    const scopes = { gate: ['decide'], mirror: ['read'] } as const;
    return TE.right(
      Object.hasOwn(scopes, id) ? { id, scopes: scopes[id as keyof typeof scopes] } : undefined,
    );
  },
};

export const ports = { staff: staffPort, clients: clientPort };

/** A client of the interface that signs in with a token. */
export const as = (token: string, app: Pick<RegisterApp, 'fetch'>, base = origin): RegisterClient =>
  registerClient({ base, fetch: app.fetch, headers: { authorization: `Bearer ${token}` }, csrf: null });
