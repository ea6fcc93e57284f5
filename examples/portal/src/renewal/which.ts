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

export const whichOf = (request: Request): Which => {
  const [card = '', renewal = ''] = (cookieOf(request, cookieName) ?? '').split('.');
  return { card, renewal };
};
