/** Who says yes or no to the answer of a card. */
import type { Login, LoginWorld } from '../world/logins.js';

/** Yes or no; a fault on the way is a no. */
export type Judge = (login: Login) => Promise<boolean>;

/** Gets ready what a portal gets ready once: its anchors, its CA. */
export type MakeJudge = (world: LoginWorld) => Promise<Judge>;
