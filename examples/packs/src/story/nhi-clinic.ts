/**
 * The clinic of the story: its register, its people and their cards.
 *
 * @packageDocumentation
 */
import type { TestCard, TestPki } from '@mandate/certificates/test-pki';
import { nhiCatalogue, nhiPolicy } from '@mandate/domain';
import { clerk, clinic, novice, nurse, owner, type Person } from '../world/cast.js';
import { type Shown, show } from '../world/counter.js';
import { openOffice } from '../world/office.js';
import { byLists } from './audit.js';
import { openBooks } from './books.js';
import { createTeller, type Line } from './tell.js';

export const enrolment = 'enrolment';

export const byHealthCard = ({ name, nationalId }: Person) => ({
  type: 'AuthorizeClerk',
  clerk: { name, nationalId, email: 'clerk@clinic.example', certificate: { kind: 'registeredCard' } },
  permissions: [enrolment],
});

export const byCitizenCard = (person: Person, { certificate, cardNumber }: TestCard) => {
  const der = Buffer.from(certificate).toString('base64');
  const command = byHealthCard(person);
  return { ...command, clerk: { ...command.clerk, certificate: { kind: 'card', der, cardNumber } } };
};

export const openClinic = async (pki: TestPki, line: Line) => {
  const people = [owner, nurse, clerk, novice];
  const office = await openOffice(pki, nhiPolicy, nhiCatalogue, [clinic], people, byLists(pki));
  const books = await openBooks(office, nhiPolicy, clinic.code, people, [enrolment]);
  const teller = createTeller(nhiPolicy, office.clock.now, line);
  const at = (purpose: string, ...shown: ReadonlyArray<Shown>) =>
    show(office.register, purpose, clinic.code, ...shown);
  const unit = { ca: 'MOEACA', name: clinic.name, businessNumber: clinic.organisation.value } as const;
  const unitCards = [await pki.issueAgency(unit), await pki.issueAgency(unit)] as const;
  return { office, books, teller, at, unitCards };
};

export type Clinic = Awaited<ReturnType<typeof openClinic>>;
