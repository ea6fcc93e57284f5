/**
 * The way through a purpose: terms, cards in the policy's order, then what the purpose is for (GEPI-12…22).
 *
 * @packageDocumentation
 */
import type { CardStep, PurposePolicy } from '@mandate/domain';
import { businessPath } from '../business/path.js';
import { credentialsPath } from '../credentials/path.js';
import type { Crumb } from '../parts/layout.js';
import type { SessionPanel, View } from '../site/view.js';

/** The command that a purpose is for; a review is what happens on the way. */
export const commandOf = ({ commands }: PurposePolicy): string | undefined =>
  commands.find((command) => command !== 'RequestReview');

/** The address of a purpose's step. */
export const pathOf = (purpose: PurposePolicy, step?: CardStep | 'confirm' | 'review' | 'result'): string =>
  step === undefined ? `/${purpose.id}` : `/${purpose.id}/${typeof step === 'string' ? step : step.role}`;

/** Where the work of a purpose is done, when its cards are confirmed. */
export const workPath = (purpose: PurposePolicy): string => {
  if (purpose.commands.includes('AuthorizeClerk')) return '/clerks';
  if (purpose.commands.includes('AuthorizePeople')) return '/people';
  if (purpose.commands.includes('ChangeAgencyData')) return '/agency-data';
  if (purpose.commands.includes('RegisterCredential')) return credentialsPath();
  const command = commandOf(purpose);
  if (command === 'LogIn') return businessPath();
  return pathOf(purpose, command === undefined ? 'result' : 'confirm');
};

/** The session, where it is one for this purpose. */
export const sessionFor = (view: View, purpose: PurposePolicy): SessionPanel | undefined =>
  view.session?.purpose === purpose.id ? view.session : undefined;

/** Where one stands: the next card, the review, or the work. */
export const nextPath = (purpose: PurposePolicy, session: SessionPanel | undefined): string => {
  if (session?.state === 'review') return pathOf(purpose, 'review');
  if (session?.state === 'confirmed') return workPath(purpose);
  return pathOf(purpose, session?.next ?? purpose.steps[0]);
};

/** 首頁 / 更換憑證 / 更換授權管理者自然人憑證 (GEPI-6). */
export const crumbsOf = (
  { pack, words: { pick } }: View,
  purpose: PurposePolicy,
  more?: string,
): ReadonlyArray<Crumb> => {
  const group = pack.menu.find(({ items }) => items.some((item) => item.purpose === purpose.id));
  const own = pick(purpose.label);
  const label = group === undefined ? undefined : pick(group.label);
  return [
    ...(label === undefined || label === own ? [] : [{ label }]),
    more === undefined ? { label: own } : { label: own, href: pathOf(purpose) },
    ...(more === undefined ? [] : [{ label: more }]),
  ];
};
