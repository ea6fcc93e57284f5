/**
 * From the words of AuthZEN to a question of the register.
 *
 * @packageDocumentation
 */
import {
  type AuthorityQuestion,
  CaName,
  CertificateSerial,
  decodeValue,
  Instant,
  type ValueErrorCode,
  type Who,
} from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import type { EvaluationRequest } from './model.js';
import type { Bag } from './open-object.js';

/** Something that is not as it should be, by its path in the request. */
export interface QuestionFault {
  readonly path: string;
  readonly code: ValueErrorCode;
}

/** A question, or that nobody of this kind is known here: then it is a refusal, not an error. */
export type Asked =
  | { readonly _tag: 'Question'; readonly question: AuthorityQuestion }
  | { readonly _tag: 'Unknown'; readonly what: 'subject' | 'resource' };

const unknown = (what: 'subject' | 'resource'): Asked => ({ _tag: 'Unknown', what });

/** `MOICA:1A2B…`: CA and serial, as hex without leading zeros. */
const certificateOf = (text: string): { readonly ca: CaName; readonly serial: string } | undefined => {
  const at = text.indexOf(':');
  const ca = text.slice(0, at);
  const serial = text.slice(at + 1);
  return CaName.is(ca) && CertificateSerial.is(serial) ? { ca, serial } : undefined;
};

const whoOf = ({
  type,
  id,
  properties = {},
}: EvaluationRequest['subject']): E.Either<QuestionFault, Who | undefined> => {
  if (type === 'certificate') {
    const certificate = certificateOf(id);
    return E.right(certificate === undefined ? undefined : { certificate });
  }
  if (type !== 'person') return E.right(undefined);
  const shown = Object.hasOwn(properties, 'certificate') ? properties['certificate'] : undefined;
  if (shown === undefined) return E.right({ person: id });
  const certificate = typeof shown === 'string' ? certificateOf(shown) : undefined;
  return certificate === undefined
    ? E.left({ path: 'subject.properties.certificate', code: 'CERTIFICATE_SERIAL_FORMAT' })
    : E.right({ person: id, certificate });
};

/** The standard's examples leave the seconds out. */
const withSeconds = (text: string): string =>
  text.replace(/^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2})(Z|[+-]\d{2}:\d{2})$/, '$1:00$2');

const timeOf = (context: Bag, name: string): E.Either<QuestionFault, string | undefined> => {
  const given = Object.hasOwn(context, name) ? context[name] : undefined;
  if (given === undefined || given === null) return E.right(undefined);
  const instant = decodeValue(Instant, typeof given === 'string' ? withSeconds(given) : given);
  return E.isLeft(instant)
    ? E.left({ path: `context.${name}`, code: instant.left[0]?.code ?? 'INSTANT_FORMAT' })
    : instant;
};

/** `now` where the request names no time. */
export const questionOf = (request: EvaluationRequest, now: string): E.Either<QuestionFault, Asked> => {
  const { subject, action, resource, context = {} } = request;
  const at = timeOf(context, 'time');
  if (E.isLeft(at)) return at;
  const knownAt = timeOf(context, 'knownAt');
  if (E.isLeft(knownAt)) return knownAt;
  const who = whoOf(subject);
  if (E.isLeft(who)) return who;
  if (who.right === undefined) return E.right(unknown('subject'));
  if (resource.type !== 'agency') return E.right(unknown('resource'));
  const question: AuthorityQuestion = {
    agency: resource.id,
    who: who.right,
    function: action.name,
    at: at.right ?? now,
    knownAt: knownAt.right,
  };
  return E.right({ _tag: 'Question', question });
};
