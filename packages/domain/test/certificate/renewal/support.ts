/**
 * A renewal of an invented holder, step by step.
 *
 * @packageDocumentation
 */
import {
  acceptRenewalTerms,
  beginWrite,
  readBack,
  type Start,
  signRenewalRequest,
  startRenewal,
  submitRenewalRequest,
  takeIssued,
} from '../../../src/certificate/renewal/decide.js';
import { evolveRenewal, initialRenewal, type RenewalState } from '../../../src/certificate/renewal/state.js';
import type { SeenCredential } from '../../../src/credential/credential.js';
import { gpkiCaRules } from '../../../src/renewal/ca-rules.js';
import { given } from '../../../src/testing/index.js';
import type { Instant } from '../../../src/values/index.js';
import { hex64, people, seen, uuid } from '../../register/fixtures.js';

export const renewals = { initial: initialRenewal, evolve: evolveRenewal };

/** The manual's own dates (MOICA-6): 101年4月9日 to 106年4月9日. */
export const previous: SeenCredential = {
  ...seen('MOICA', 20, { proof: 'read' }),
  notBefore: '2012-04-08T16:00:00.000Z' as Instant,
  notAfter: '2017-04-09T15:59:59.000Z' as Instant,
};

/** The same card's next certificate. */
export const next: SeenCredential = {
  ...previous,
  serial: seen('MOICA', 21).serial,
  fingerprint: hex64(21) as SeenCredential['fingerprint'],
  notAfter: '2020-04-09T15:59:59.000Z' as Instant,
};

export const holder = {
  nationalId: 'A123456789',
  birthDate: '1980-02-29',
  name: '王小明',
  cardNumber: 'TP00000000000001',
  certificate: 'MIIB',
};

export const id = uuid(7);

export const asking = (change: Partial<Start> = {}): Start => ({
  id,
  person: people.wang,
  previous,
  identityProof: 'last4',
  holder,
  at: '2017-03-01T02:00:00.000Z' as Instant,
  rules: gpkiCaRules,
  ...change,
});

export const starting =
  (change: Partial<Start> = {}) =>
  (state: RenewalState) =>
    startRenewal(state, asking(change));

export const text = { version: 1, hash: hex64(5) };
export const shown = { hash: hex64(5), presentedAt: '2017-03-01T02:00:30.000Z' };
export const now = '2017-03-01T02:01:00.000Z';

export const agreeing = (state: RenewalState) => acceptRenewalTerms(state, id, text, shown, now);
export const signing = (state: RenewalState) => signRenewalRequest(state, id, 'MIIC');
export const submitting = (state: RenewalState) => submitRenewalRequest(state, id);
export const issuing = (state: RenewalState) => takeIssued(state, id, next, 'MIID');
export const beginning = (state: RenewalState) => beginWrite(state, id);
export const reading = (fingerprint: string | null) => (state: RenewalState) =>
  readBack(state, id, fingerprint);

/** How far a renewal has come, by the last thing that was done. */
export const begun = given(renewals, []).when(starting()).givesTypes('RenewalStarted');
export const agreed = begun.when(agreeing).givesTypes('RenewalTermsAccepted');
export const signed = agreed.when(signing).givesTypes('RenewalRequestSigned');
export const submitted = signed.when(submitting).givesTypes('RenewalRequestSubmitted');
export const issued = submitted.when(issuing).givesTypes('CertificateIssued');
export const writing = issued.when(beginning).givesTypes('CertificateWriteBegun');
export const unreadable = writing.when(reading(null)).givesTypes('CertificateWriteFailed');
export const completed = writing
  .when(reading(next.fingerprint))
  .givesTypes('CertificateWritten', 'RenewalCompleted');
