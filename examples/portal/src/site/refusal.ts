/**
 * What the register's interface refused, as a page shows it.
 *
 * @packageDocumentation
 */
import type { ClientFault } from '@mandate/adapters-http/client';
import type { Text } from '@mandate/domain';
import type { Shortfall } from '../parts/notice.js';

/** The code of a refusal; `UNAVAILABLE` where nobody answered that could refuse. */
export const codeOf = (fault: ClientFault): string =>
  fault.kind === 'problem' ? fault.problem.code : 'UNAVAILABLE';

/** A form is shown again with what is wrong: never as if it had been done. */
export const statusOf = (fault: ClientFault): number =>
  fault.kind === 'problem' ? fault.problem.status : 503;

const unavailable: Text = {
  zh: '系統忙碌中,請稍後再試。',
  en: 'The service is not available; please try later.',
};

/** `fields`: paths of the interface by the names of the form, where those differ. */
export const shortfallOf = (
  fault: ClientFault,
  nameOf: (path: string) => string = (path) => path,
): Shortfall => {
  if (fault.kind !== 'problem') return { text: unavailable, fields: [] };
  const { texts, fields = [], helpdesk, requestId, status } = fault.problem;
  return {
    text: texts,
    fields: fields.map((field) => ({ path: nameOf(field.path), text: field.texts })),
    ...(helpdesk === undefined ? {} : { helpdesk }),
    ...(status >= 500 ? { reference: requestId } : {}),
  };
};
