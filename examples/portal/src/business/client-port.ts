/**
 * The business system as a client of the register: it bears a token that the portal gave it, and may ask for decisions.
 *
 * @packageDocumentation
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { ClientPort } from '@mandate/adapters-http/server';
import * as TE from 'fp-ts/lib/TaskEither.js';

export interface BusinessClient {
  readonly token: string;
  readonly port: ClientPort;
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** With a token of this process alone. A portal in service gives each system one of its own and keeps their hashes. */
export const businessClient = (): BusinessClient => {
  const token = randomBytes(32).toString('base64url');
  const known = digest(`Bearer ${token}`);
  return {
    token,
    port: {
      authenticate: ({ headers }) =>
        TE.right(
          timingSafeEqual(digest(headers.get('authorization') ?? ''), known)
            ? { id: 'business', scopes: ['decide'] }
            : undefined,
        ),
    },
  };
};
