/**
 * Which renewal a browser is at.
 *
 * @packageDocumentation
 */
import { cookieOf } from '../site/cookies.js';

export const cookieName = '__Host-renewal';

export interface Which {
  readonly card: string;
  readonly renewal: string;
}

/** Of a browser that is at none, or whose cookie is none of ours: a renewal that is not there. */
const none: Which = { card: '0'.repeat(64), renewal: '00000000-0000-4000-8000-000000000000' };

const written = /^([0-9a-f]{64})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

export const whichOf = (request: Request): Which => {
  const [, card, renewal] = written.exec(cookieOf(request, cookieName) ?? '') ?? [];
  return card === undefined || renewal === undefined ? none : { card, renewal };
};

/** `undefined` of a browser that is at no renewal. */
export const cardOf = (request: Request): string | undefined => {
  const { card } = whichOf(request);
  return card === none.card ? undefined : card;
};
