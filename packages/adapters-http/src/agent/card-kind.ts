/**
 * Whose card it is, as its certificate says: that decides who unlocks it (GEPI-17, GEPI-19).
 *
 * @packageDocumentation
 */
import { type SubjectType, subjectFacts } from '@mandate/certificates';
import * as E from 'fp-ts/lib/Either.js';
import type { CardKind } from '../hipki/pin-texts.js';
import type { SeenCard } from './cards.js';

/** Medical persons and what is of no known type belong to neither. */
const organisations: ReadonlySet<SubjectType> = new Set([
  'agency',
  'unit',
  'company',
  'firm',
  'branch',
  'school',
  'medicalInstitution',
]);

/** `undefined` where the certificate says neither. */
export const cardKindOf = ({ signing }: SeenCard): CardKind | undefined => {
  const facts = signing === undefined ? undefined : subjectFacts(signing);
  if (facts === undefined || E.isLeft(facts)) return undefined;
  const { subjectType } = facts.right;
  if (subjectType === 'citizen') return 'citizen';
  return organisations.has(subjectType) ? 'agency' : undefined;
};
