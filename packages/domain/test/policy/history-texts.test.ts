import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type RegisterEventType, registerEvents } from '../../src/events/table.js';
import { docPolicy, ecpaPolicy, gepiPolicy, historyTexts, nhiPolicy } from '../../src/policy/packs/index.js';
import { hasManager, type PortalPolicy, registersAgencies } from '../../src/policy/policy.js';

const test = suite('texts of what happened');

type Can = (policy: PortalPolicy) => boolean;

const always: Can = () => true;
const never: Can = () => false;

const commanding =
  (...commands: ReadonlyArray<string>): Can =>
  ({ purposes }) =>
    purposes.some((purpose) => commands.some((command) => purpose.commands.includes(command)));

const authorising = commanding('AuthorizeClerk', 'AuthorizePeople');
const changingData = commanding('ChangeAgencyData');
const reviewing: Can = ({ review }) => review.purposes.length > 0;

/** In which packs an event can come about: by a command of card holders, or by staff where there is something for them to do. */
const produced: Readonly<Record<RegisterEventType, Can>> = {
  TermsAccepted: ({ purposes }) => purposes.some(({ terms }) => terms),
  AgencyRegistered: commanding('RegisterAgency'),
  OfficerBound: ({ purposes }) => purposes.some(({ steps }) => steps.some(({ role }) => role === 'officer')),
  CertificateReplaced: always,
  AgencySuspended: registersAgencies,
  AgencyReopened: registersAgencies,
  AgencyDeregistered: registersAgencies,
  AgencyDataChanged: changingData,
  AgencyDataChangeRequested: changingData,
  AgencyDataChangeDecided: changingData,
  AgencyDataDecisionNoted: changingData,
  ManagerAppointed: hasManager,
  ContactChanged: hasManager,
  ClerkAuthorized: authorising,
  HistoryImported: authorising,
  ClerkPermissionsChanged: authorising,
  ClerkDetailsChanged: authorising,
  ClerkRevoked: authorising,
  ClerkCredentialProved: authorising,
  RegistrationReviewRequested: reviewing,
  RegistrationReviewDecided: reviewing,
  ApplicantForgotten: reviewing,
  CataloguePublished: always,
  TermsPublished: ({ purposes }) => purposes.some(({ terms }) => terms),
  SubjectForgotten: always,
  // What a person registers has its words in the pack that lets people register something.
  CredentialRegistered: commanding('RegisterCredential'),
  CredentialActivated: commanding('RegisterCredential'),
  CredentialDeactivated: commanding('RegisterCredential'),
  // A renewal is no portal's: it has a page that tells each step, and no history of an agency.
  RenewalStarted: never,
  RenewalTermsAccepted: never,
  RenewalRequestSigned: never,
  RenewalRequestSubmitted: never,
  CertificateIssued: never,
  CertificateWriteBegun: never,
  CertificateWriteFailed: never,
  CertificateWritten: never,
  RenewalCompleted: never,
  RenewalVoided: never,
  RenewalReferred: never,
};

const holders = ({ purposes }: PortalPolicy): ReadonlyArray<string> => [
  ...new Set(
    purposes.flatMap(({ steps }) => steps.map(({ role }) => role).filter((role) => role !== 'officer')),
  ),
];

const keysOf = (policy: PortalPolicy): ReadonlyArray<string> => [
  ...(Object.keys(registerEvents) as ReadonlyArray<RegisterEventType>)
    .filter((type) => type !== 'CertificateReplaced' && produced[type](policy))
    .map((type) => `event.${type}`),
  ...holders(policy).map((holder) => `event.CertificateReplaced.${holder}`),
  ...new Set(policy.purposes.flatMap(({ steps }) => steps.map(({ role }) => `actor.${role}`))),
  ...['signed', 'read', 'typedByHand', 'registeredCard', 'account'].map((proof) => `proof.${proof}`),
  'actor.staff',
  'actor.system',
];

for (const policy of [gepiPolicy, nhiPolicy, ecpaPolicy, docPolicy]) {
  test(`X-1: every event and actor that ${policy.portal} can have in its history has a text there`, () => {
    const keys = keysOf(policy);
    const lacking = keys.filter((key) => {
      const { zh = '', en = '' } = Object.hasOwn(policy.texts, key) ? (policy.texts[key] ?? {}) : {};
      return zh === '' || en === '';
    });
    assert.equal(lacking, []);
  });
}

test('NHI-18, NHI-19, ECPA-2, ECPA-6: history and staff pages have each portal’s own words, and speak of no manager', () => {
  const own = [
    'event.AgencyRegistered',
    'event.ClerkAuthorized',
    'event.ClerkRevoked',
    'staff.area',
    'deed.deregister',
  ];
  for (const { texts, portal } of [nhiPolicy, ecpaPolicy]) {
    for (const key of own)
      assert.is.not(texts[key]?.zh, historyTexts[key as keyof typeof historyTexts].zh, `${portal} ${key}`);
    for (const [key, { zh }] of Object.entries(texts)) {
      // The words of what a manager does stay: nothing of it can come about.
      if (/manager|ContactChanged/i.test(key)) continue;
      assert.not.match(zh, /授權管理者|經辦人/, `${portal} ${key}`);
    }
  }
});

test.run();
