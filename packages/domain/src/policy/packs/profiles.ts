/**
 * What certificates must be, as more than one pack asks for it.
 *
 * @packageDocumentation
 */
import type { PortalPolicySource } from './define.js';

type Profile = PortalPolicySource['profiles']['agency'];

/** Assurance level 3 of the GPKI, at which all its card CAs issue. */
const levelThree = '2.16.886.101.0.3.3';

/** A card of these CAs for subjects of these kinds, at level 3. */
export const cardOf = (cas: Profile['cas'], subjectTypes: Profile['subjectTypes']): Profile => ({
  cas,
  subjectTypes,
  policies: [levelThree],
  minRsaBits: 2048,
});

/** GEPI-9: a citizen certificate, and no other. */
export const citizenCard: Profile = cardOf(['MOICA'], ['citizen']);

/** Of any organisation (GEPI-8, NHI-3). */
export const organisationCard = (cas: Profile['cas']): Profile =>
  cardOf(cas, ['agency', 'unit', 'company', 'firm', 'branch', 'school', 'medicalInstitution']);

/** For a role that a portal does not have, or that nobody proves by a certificate. */
export const noCard: Profile = { cas: [], subjectTypes: [], policies: [], minRsaBits: 2048 };
