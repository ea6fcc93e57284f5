import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { NewEvent } from '../../src/events/table.js';
import {
  appointManager,
  type ConfirmedPerson,
  confirmContact,
  currentManager,
  isTheManager,
  replaceManagerCertificate,
} from '../../src/manager/decide.js';
import { given, recorded } from '../../src/testing/index.js';
import { contact, manager, managerAppointed, people, seen, uuid } from '../register/fixtures.js';

const after = (...events: ReadonlyArray<NewEvent>) => given(manager, recorded(events));

const lin: ConfirmedPerson = {
  person: people.lin,
  nationalId: 'A223456781',
  credential: seen('MOICA', 10),
  identityProof: 'last4',
};
const chang: ConfirmedPerson = {
  person: people.chang,
  nationalId: 'B123456780',
  credential: seen('MOICA', 11),
  identityProof: 'full',
};
const changContact = { name: '張接任', email: 'chang@example.gov.tw', phone: '04-22289111', extension: '12' };

const checked = (person: string, serial: number, ...events: ReadonlyArray<NewEvent>) =>
  after(...events).when((state) => {
    const answer = isTheManager(state, { person, credential: seen('MOICA', serial) });
    return answer._tag === 'Left' ? answer : { _tag: 'Right', right: [] };
  });

// -------------------------------------------------------------------------------------
const appointing = suite('appointing a manager');

appointing('GEPI-28: the first manager is appointed with contact data, which are personal', () => {
  after()
    .when((state) => appointManager(state, lin, contact))
    .gives(managerAppointed());
});

appointing('GEPI-30: there is one manager: an appointment takes the place of the one before', () => {
  after(managerAppointed())
    .when((state) => appointManager(state, chang, changContact))
    .gives({
      type: 'ManagerAppointed',
      data: {
        person: people.chang,
        credential: seen('MOICA', 11),
        identityProof: 'full',
        previous: people.lin,
      },
      personal: { nationalId: 'B123456780', contact: changContact },
      subject: people.chang,
    })
    .when((state) => {
      const answer = isTheManager(state, { person: people.lin, credential: seen('MOICA', 10) });
      return answer._tag === 'Left' ? answer : { _tag: 'Right', right: [] };
    })
    .refuses('MANAGER_PERSON_DIFFERS');
});

appointing('an agency without a manager says so', () => {
  after()
    .when((state) => {
      const answer = currentManager(state);
      return answer._tag === 'Left' ? answer : { _tag: 'Right', right: [] };
    })
    .refuses('MANAGER_MISSING');
});

appointing.run();

// -------------------------------------------------------------------------------------
const recognising = suite('recognising the manager');

recognising('GEPI-31: the right person with the registered certificate is the manager', () => {
  checked(people.lin, 10, managerAppointed()).gives();
});

recognising('GEPI-31: another person is told from another certificate of the manager', () => {
  checked(people.chang, 10, managerAppointed()).refuses('MANAGER_PERSON_DIFFERS');
  checked(people.lin, 11, managerAppointed()).refuses('MANAGER_CERTIFICATE_NOT_REGISTERED');
});

recognising('GEPI-15: when the service of an agency ends, so does its manager', () => {
  checked(people.lin, 10, managerAppointed(), {
    type: 'AgencyDeregistered',
    data: { reason: 'abolished' },
  }).refuses('MANAGER_MISSING');
});

recognising.run();

// -------------------------------------------------------------------------------------
const replacing = suite("replacing the manager's certificate");

const replaced = (next: number, cause: 'renewal' | 'reissue' | 'unknown', card?: number): NewEvent => ({
  type: 'CertificateReplaced',
  data: {
    holder: 'manager',
    clerk: null,
    previous: seen('MOICA', 10),
    next: seen('MOICA', next, card === undefined ? {} : { card }),
    identityProof: lin.identityProof,
    cause,
    organisation: null,
    review: null,
  },
});

replacing('GEPI-47: the same person with another certificate: one event where the contact stays', () => {
  after(managerAppointed())
    .when((state) =>
      replaceManagerCertificate(state, { ...lin, credential: seen('MOICA', 12) }, contact, contact),
    )
    .gives(replaced(12, 'reissue'))
    .when((state) =>
      replaceManagerCertificate(state, { ...lin, credential: seen('MOICA', 12) }, contact, contact),
    )
    .refuses('CERTIFICATE_UNCHANGED');
});

replacing('GEPI-47: contact data typed again that differ are an event of their own', () => {
  const moved = { ...contact, phone: '04-22289222' };
  after(managerAppointed())
    .when((state) =>
      replaceManagerCertificate(
        state,
        { ...lin, credential: seen('MOICA', 12, { card: 10 }) },
        moved,
        contact,
      ),
    )
    .gives(replaced(12, 'renewal', 10), {
      type: 'ContactChanged',
      data: { person: people.lin },
      personal: { contact: moved },
      subject: people.lin,
    });
});

replacing('GEPI-21: a replacement says how well the next certificate is shown to be the manager’s', () => {
  const next = { ...lin, credential: seen('MOICA', 12), identityProof: 'full' as const };
  const done = after(managerAppointed())
    .when((state) => replaceManagerCertificate(state, next, contact, contact))
    .givesTypes('CertificateReplaced');
  const event = done.events.at(-1);
  assert.is(event?.type === 'CertificateReplaced' && event.data.identityProof, 'full');
  assert.is(done.state?.identityProof, 'full');
});

replacing('GEPI-49: another person on the same screen is a new appointment, not a replacement', () => {
  after(managerAppointed())
    .when((state) => replaceManagerCertificate(state, chang, changContact, contact))
    .gives({
      type: 'ManagerAppointed',
      data: {
        person: people.chang,
        credential: seen('MOICA', 11),
        identityProof: 'full',
        previous: people.lin,
      },
      personal: { nationalId: 'B123456780', contact: changContact },
      subject: people.chang,
    });
});

replacing(
  'GEPI-49: who was manager before comes back with the same certificate: it is the person’s own',
  () => {
    after(managerAppointed())
      .when((state) => replaceManagerCertificate(state, chang, changContact, contact))
      .givesTypes('ManagerAppointed')
      .when((state) => replaceManagerCertificate(state, lin, contact, changContact))
      .givesTypes('ManagerAppointed');
  },
);

replacing(
  'GEPI-47: whether a person’s certificate is still good is for its CA to say, not for the list of former ones',
  () => {
    after(managerAppointed(), replaced(12, 'reissue'))
      .when((state) => replaceManagerCertificate(state, lin, contact, contact))
      .givesTypes('CertificateReplaced');
  },
);

replacing('the registered certificate does not replace itself, and nobody is nobody’s successor', () => {
  after(managerAppointed())
    .when((state) => replaceManagerCertificate(state, lin, contact, contact))
    .refuses('CERTIFICATE_UNCHANGED');
  after()
    .when((state) => replaceManagerCertificate(state, lin, contact, undefined))
    .refuses('MANAGER_MISSING');
});

replacing("an agency's or clerk's replacement leaves the manager's certificate as it is", () => {
  const other = (holder: 'agency' | 'clerk'): NewEvent => ({
    type: 'CertificateReplaced',
    data: {
      holder,
      clerk: holder === 'clerk' ? uuid(1) : null,
      previous: seen('MOICA', 10),
      next: seen('MOICA', 12),
      identityProof: holder === 'clerk' ? 'last4' : null,
      cause: 'reissue',
      organisation: null,
      review: null,
    },
  });
  checked(people.lin, 10, managerAppointed(), other('agency'), other('clerk')).gives();
  checked(people.lin, 12, managerAppointed(), other('agency'), other('clerk')).refuses(
    'MANAGER_CERTIFICATE_NOT_REGISTERED',
  );
});

replacing.run();

// -------------------------------------------------------------------------------------
const confirming = suite('confirming the contact data');

confirming('GEPI-46: confirmed without a change, they are no event', () => {
  after(managerAppointed())
    .when((state) => confirmContact(state, contact, { ...contact }))
    .gives();
});

for (const field of ['name', 'email', 'phone', 'extension'] as const) {
  confirming(`GEPI-46: another ${field} is a change`, () => {
    const next = { ...contact, [field]: '9' };
    after(managerAppointed())
      .when((state) => confirmContact(state, contact, next))
      .gives({
        type: 'ContactChanged',
        data: { person: people.lin },
        personal: { contact: next },
        subject: people.lin,
      });
  });
}

confirming('where the old ones can no longer be read, the typed ones are recorded', () => {
  after(managerAppointed())
    .when((state) => confirmContact(state, undefined, contact))
    .givesTypes('ContactChanged');
});

confirming('there is nobody to confirm where there is no manager', () => {
  after({
    type: 'ContactChanged',
    data: { person: people.lin },
    personal: { contact },
    subject: people.lin,
  })
    .when((state) => confirmContact(state, undefined, contact))
    .refuses('MANAGER_MISSING');
});

confirming.run();
