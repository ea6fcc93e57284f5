import { createTestPki } from '@mandate/certificates/test-pki';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { docStory, ecpaStory, nhiStory, type Story } from '../src/story/stories.js';

const pki = await createTestPki({ keyPool: 4, cas: ['MOEACA', 'GCA', 'MOICA'] });

/** The code of a refusal alone: its text is that of the one table. */
const outcomes = ({ told }: Story): ReadonlyArray<string> =>
  told.map(({ outcome, refused }) => (refused ? (outcome.split(' ')[0] ?? '') : outcome));

const test = suite('one story a portal');

test('NHI-4…19: from the owner’s health card to the unit’s certificate, and through a closed day', async () => {
  assert.equal(outcomes(await nhiStory(pki)), [
    'NOT_THE_RESPONSIBLE',
    'confirmed',
    'AgencyRegistered',
    'NOT_AUTHORIZED',
    'ClerkAuthorized',
    'allowed',
    'ROOT_KIND_FIXED',
    'AgencyDeregistered',
    'AgencyRegistered',
    'NOT_AUTHORIZED',
    'ClerkAuthorized',
    'AgencySuspended',
    'AGENCY_SUSPENDED',
    'AgencyReopened',
    'AGENCY_SUSPENDED',
    'confirmed',
  ]);
});

test('ECPA-1…8: a certificate is bound, and two people get a permission without a card', async () => {
  assert.equal(outcomes(await ecpaStory(pki)), [
    'ACCOUNT_ROLE_MISSING',
    'confirmed',
    'AgencyRegistered, OfficerBound',
    'CONFIRMATION_OTHER_PURPOSE',
    'confirmed',
    'ClerkAuthorized, ClerkAuthorized',
    'allowed',
    'PERMISSION_NOT_GRANTED',
  ]);
});

test('DOC-3…10: a card, its successor, and the desk', async () => {
  assert.equal(outcomes(await docStory(pki)), [
    'confirmed',
    'CredentialRegistered, CredentialActivated',
    'CredentialRegistered, CredentialDeactivated, CredentialActivated',
    'CREDENTIAL_OF_OTHER_PERSON',
    'confirmed',
    'CredentialDeactivated',
    'NOT_AUTHORIZED',
    'CredentialActivated',
    'allowed',
  ]);
});

test.run();
