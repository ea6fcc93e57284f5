/**
 * One example of each event type, and of each of its forms: from these the golden files are written.
 *
 * @packageDocumentation
 */
import { meansOf } from '../../src/credential/credential.js';
import type { NewEvent, RegisterEventType } from '../../src/events/table.js';
import { businessNumber, contact, hex64, menu, oid, people, seen, typed, uuid } from './fixtures.js';

type Samples = {
  readonly [K in RegisterEventType]: Readonly<Record<string, Extract<NewEvent, { readonly type: K }>>>;
};

const appointed = (
  previous: string | null,
  identityProof: 'full' | 'last4',
): Extract<NewEvent, { readonly type: 'ManagerAppointed' }> => ({
  type: 'ManagerAppointed',
  data: { person: people.lin, credential: seen('MOICA', 10), identityProof, previous },
  personal: { nationalId: 'A223456781', contact: { ...contact, extension: '5312' } },
  subject: people.lin,
});

/** By type, then by the name of a form; the first form is `''`. */
export const samples: Samples = {
  TermsAccepted: {
    '': {
      type: 'TermsAccepted',
      data: {
        purpose: 'first-registration',
        version: 3,
        hash: hex64(3),
        presentedAt: '2022-11-04T02:49:19.000Z',
        acceptedAt: '2022-11-04T02:51:00.125Z',
      },
    },
  },
  AgencyRegistered: {
    '': {
      type: 'AgencyRegistered',
      data: {
        code: '10001',
        name: '示範市政府人事處',
        organisation: oid(1),
        credential: seen('GCA', 1),
        review: null,
      },
    },
    reviewed: {
      type: 'AgencyRegistered',
      data: {
        code: 'AB001',
        name: '示範公司',
        organisation: businessNumber('04595257'),
        credential: seen('GCA', 2, { card: 0 }),
        review: uuid(1),
      },
    },
    'registered-card': {
      type: 'AgencyRegistered',
      data: {
        code: '123456789',
        name: '示範診所',
        organisation: businessNumber('04595257'),
        credential: meansOf('registeredCard', people.lin),
        review: null,
      },
    },
  },
  CertificateReplaced: {
    '': {
      type: 'CertificateReplaced',
      data: {
        holder: 'agency',
        clerk: null,
        previous: seen('GCA', 1),
        next: seen('GCA', 2),
        identityProof: null,
        cause: 'reissue',
        organisation: oid(2),
        review: uuid(2),
      },
    },
    manager: {
      type: 'CertificateReplaced',
      data: {
        holder: 'manager',
        clerk: null,
        previous: seen('MOICA', 10),
        next: seen('MOICA', 11, { card: 10 }),
        identityProof: 'full',
        cause: 'renewal',
        organisation: null,
        review: null,
      },
    },
    clerk: {
      type: 'CertificateReplaced',
      data: {
        holder: 'clerk',
        clerk: uuid(3),
        previous: seen('MOICA', 20, { proof: 'read' }),
        next: typed(21),
        identityProof: 'typed',
        cause: 'unknown',
        organisation: null,
        review: null,
      },
    },
  },
  OfficerBound: {
    '': {
      type: 'OfficerBound',
      data: { person: people.chang },
      personal: { nationalId: 'A223456781', name: '張接任', account: 'hr-0001' },
      subject: people.chang,
    },
  },
  AgencyDataChanged: {
    '': {
      type: 'AgencyDataChanged',
      data: { fields: ['mailing-address'] },
      personal: { values: { 'mailing-address': '臺北市示範路1號' } },
      subject: 'agency.10001',
    },
  },
  AgencyDataChangeRequested: {
    '': {
      type: 'AgencyDataChangeRequested',
      data: {
        request: uuid(9),
        fields: ['registered-address'],
        attachments: [hex64(0xd0c)],
      },
      personal: {
        values: { 'registered-address': '臺北市示範路2號' },
        contact: { name: '王小明', phone: '02-23456789', extension: null },
        explanation: '公司變更登記表',
      },
      subject: `change.${uuid(9)}`,
    },
  },
  AgencyDataChangeDecided: {
    '': { type: 'AgencyDataChangeDecided', data: { request: uuid(9), outcome: 'approved' } },
    rejected: { type: 'AgencyDataChangeDecided', data: { request: uuid(9), outcome: 'rejected' } },
  },
  AgencyDataDecisionNoted: {
    '': {
      type: 'AgencyDataDecisionNoted',
      data: { request: uuid(9) },
      personal: { note: '文件不清楚,請重新上傳' },
      subject: `change.${uuid(9)}`,
    },
  },
  CredentialRegistered: {
    '': {
      type: 'CredentialRegistered',
      data: {
        credential: uuid(10),
        person: people.wang,
        kind: 'electronic-id',
        cardKind: 'regular',
        ca: 'MOICA',
        serial1: 'F6EB44677B7CBFBE84B8F7B7633A1D95',
        serial2: '67FE1CE7C795A2DC17B5073BCCFC8666',
        proof: 'read',
      },
      personal: { nationalId: 'A123456789', name: '王小明', account: 'P0230' },
      subject: people.wang,
    },
  },
  CredentialActivated: {
    '': {
      type: 'CredentialActivated',
      data: {
        credential: uuid(10),
        person: people.wang,
        ca: 'MOICA',
        serial1: 'F6EB44677B7CBFBE84B8F7B7633A1D95',
        from: '2026-03-01T16:00:00.000Z',
        to: '2031-03-02T15:59:59.000Z',
      },
    },
  },
  CredentialDeactivated: {
    '': { type: 'CredentialDeactivated', data: { credential: uuid(10), cause: 'otherActivated' } },
    'by-hand': { type: 'CredentialDeactivated', data: { credential: uuid(10), cause: 'byHand' } },
  },
  AgencySuspended: { '': { type: 'AgencySuspended', data: { reason: 'audit' } } },
  AgencyReopened: { '': { type: 'AgencyReopened', data: { reason: 'audit-over' } } },
  AgencyDeregistered: { '': { type: 'AgencyDeregistered', data: { reason: 'abolished' } } },
  ManagerAppointed: { '': appointed(null, 'last4'), successor: appointed(people.chang, 'full') },
  ContactChanged: {
    '': {
      type: 'ContactChanged',
      data: { person: people.lin },
      personal: { contact },
      subject: people.lin,
    },
  },
  ClerkAuthorized: {
    '': {
      type: 'ClerkAuthorized',
      data: {
        clerk: uuid(3),
        person: people.wang,
        credential: seen('MOICA', 20, { proof: 'read' }),
        identityProof: 'last4',
        permissions: ['premium-edit', 'query'],
        catalogueVersion: 2,
      },
      personal: { nationalId: 'A123456789', name: '王小明' },
      subject: people.wang,
    },
    typed: {
      type: 'ClerkAuthorized',
      data: {
        clerk: uuid(4),
        person: people.chen,
        credential: typed(30),
        identityProof: 'typed',
        permissions: ['query'],
        catalogueVersion: 1,
      },
      personal: { nationalId: 'F131104093', name: '陳手打' },
      subject: people.chen,
    },
    'registered-card': {
      type: 'ClerkAuthorized',
      data: {
        clerk: uuid(5),
        person: people.chen,
        credential: meansOf('registeredCard', people.chen),
        identityProof: 'full',
        permissions: [],
        catalogueVersion: 1,
      },
      personal: { nationalId: 'F131104093', name: '陳手打', email: 'chen@example.com' },
      subject: people.chen,
    },
    account: {
      type: 'ClerkAuthorized',
      data: {
        clerk: uuid(6),
        person: people.wang,
        credential: meansOf('account', people.wang),
        identityProof: 'full',
        permissions: ['personnel-report'],
        catalogueVersion: 1,
      },
      personal: { nationalId: 'A123456789', name: '王小明' },
      subject: people.wang,
    },
  },
  HistoryImported: {
    '': {
      type: 'HistoryImported',
      data: {
        clerk: uuid(5),
        person: people.chen,
        credential: typed(31),
        permissions: ['query'],
        catalogueVersion: 2,
        source: 'former portal',
        file: hex64(0xf11e),
        row: 12,
        digest: hex64(0xd19),
      },
      personal: { nationalId: 'F131104093', name: '陳手打' },
      subject: people.chen,
    },
  },
  ClerkPermissionsChanged: {
    '': {
      type: 'ClerkPermissionsChanged',
      data: { clerk: uuid(3), granted: ['premium-send'], revoked: ['query'], catalogueVersion: 2 },
    },
  },
  ClerkDetailsChanged: {
    '': {
      type: 'ClerkDetailsChanged',
      data: { clerk: uuid(3), person: people.wang },
      personal: { nationalId: 'A123456789', name: '王曉明' },
      subject: people.wang,
    },
  },
  ClerkRevoked: {
    '': { type: 'ClerkRevoked', data: { clerk: uuid(3), cause: 'deleted' } },
    person: { type: 'ClerkRevoked', data: { clerk: uuid(3), cause: 'personChanged' } },
  },
  ClerkCredentialProved: {
    '': {
      type: 'ClerkCredentialProved',
      data: { clerk: uuid(4), credential: seen('MOICA', 30), identityProof: 'full' },
    },
  },
  RegistrationReviewRequested: {
    '': {
      type: 'RegistrationReviewRequested',
      data: {
        review: uuid(1),
        code: '10002',
        agencyName: '示範國民小學',
        purpose: 'first-registration',
        credential: seen('GCA', 5),
        presented: oid(5),
        expected: oid(6),
      },
      personal: { name: '黃兼任', phone: '03-9251000', extension: '11' },
      subject: `review.${uuid(1)}`,
    },
    'no-record': {
      type: 'RegistrationReviewRequested',
      data: {
        review: uuid(2),
        code: '10003',
        agencyName: '示範公司',
        purpose: 'replace-agency',
        credential: seen('GCA', 6),
        presented: businessNumber('04595257'),
        expected: null,
      },
      personal: { name: '黃兼任', phone: '03-9251000', extension: null },
      subject: `review.${uuid(2)}`,
    },
  },
  RegistrationReviewDecided: {
    '': {
      type: 'RegistrationReviewDecided',
      data: { review: uuid(1), outcome: 'approved', validFrom: '2026-03-02T16:00:00.000Z' },
      personal: { note: '已電話確認' },
      subject: `review.${uuid(1)}`,
    },
    rejected: {
      type: 'RegistrationReviewDecided',
      data: { review: uuid(2), outcome: 'rejected', validFrom: null },
      personal: { note: '' },
      subject: `review.${uuid(2)}`,
    },
  },
  CataloguePublished: {
    '': { type: 'CataloguePublished', data: { version: 1, entries: [...menu] } },
  },
  TermsPublished: {
    '': {
      type: 'TermsPublished',
      data: {
        version: 1,
        hash: hex64(9),
        title: '用戶約定條款',
        text: '1.第一條。\n2.第二條。',
        english: '1. One.\n2. Two.',
      },
    },
    'no-english': {
      type: 'TermsPublished',
      data: { version: 2, hash: hex64(10), title: '用戶約定條款', text: '1.新的一條。', english: null },
    },
  },
  SubjectForgotten: {
    '': {
      type: 'SubjectForgotten',
      data: { person: people.wang, keys: ['k-0001', 'k-0002'], legalBasis: '個人資料保護法第11條' },
    },
  },
  ApplicantForgotten: {
    '': {
      type: 'ApplicantForgotten',
      data: { agency: '10002', review: uuid(1), keys: ['k-0003'], legalBasis: '個人資料保護法第11條' },
    },
  },
  RenewalStarted: {
    '': {
      type: 'RenewalStarted',
      data: {
        renewal: uuid(7),
        person: people.wang,
        previous: seen('MOICA', 20, { proof: 'read' }),
        identityProof: 'last4',
        opens: '2030-11-02',
        closes: '2034-01-01',
        until: '2034-01-01',
      },
      personal: {
        nationalId: 'A123456789',
        birthDate: '1980-02-29',
        name: '王小明',
        cardNumber: 'TP00000000000001',
        certificate: 'MIIB',
      },
      subject: people.wang,
    },
  },
  RenewalTermsAccepted: {
    '': {
      type: 'RenewalTermsAccepted',
      data: {
        renewal: uuid(7),
        version: 1,
        hash: hex64(5),
        presentedAt: '2030-12-01T02:00:00.000Z',
        acceptedAt: '2030-12-01T02:01:00.000Z',
      },
    },
  },
  RenewalRequestSigned: {
    '': {
      type: 'RenewalRequestSigned',
      data: { renewal: uuid(7) },
      personal: { request: 'MIIC' },
      subject: people.wang,
    },
  },
  RenewalRequestSubmitted: {
    '': { type: 'RenewalRequestSubmitted', data: { renewal: uuid(7), submission: 2 } },
  },
  CertificateIssued: {
    '': {
      type: 'CertificateIssued',
      data: { renewal: uuid(7), next: seen('MOICA', 21, { proof: 'read', card: 20 }) },
      personal: { certificate: 'MIID' },
      subject: people.wang,
    },
  },
  CertificateWriteBegun: {
    '': { type: 'CertificateWriteBegun', data: { renewal: uuid(7), write: 1 } },
  },
  CertificateWriteFailed: {
    '': { type: 'CertificateWriteFailed', data: { renewal: uuid(7), found: 'previous' } },
  },
  CertificateWritten: {
    '': { type: 'CertificateWritten', data: { renewal: uuid(7), fingerprint: hex64(21) } },
  },
  RenewalCompleted: { '': { type: 'RenewalCompleted', data: { renewal: uuid(7) } } },
  RenewalVoided: {
    '': { type: 'RenewalVoided', data: { renewal: uuid(7), reason: 'refusedByCa', uncertain: true } },
  },
  RenewalReferred: {
    '': { type: 'RenewalReferred', data: { renewal: uuid(7), found: 'nothing' } },
    unwritten: { type: 'RenewalReferred', data: { renewal: uuid(7), found: null } },
  },
};
