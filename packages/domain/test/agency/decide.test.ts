import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  activeAgency,
  deregisterAgency,
  mayRegister,
  registerAgency,
  reopenAgency,
  replaceAgencyCertificate,
  suspendAgency,
} from '../../src/agency/decide.js';
import type { NewEvent } from '../../src/events/table.js';
import { given, recorded } from '../../src/testing/index.js';
import { agency, agencyRegistered, businessNumber, oid, seen, uuid } from '../register/fixtures.js';

const input = {
  code: '10001',
  name: '示範機關',
  organisation: oid(1),
  credential: seen('GCA', 1),
  review: null,
};

const suspended: NewEvent = { type: 'AgencySuspended', data: { reason: 'audit' } };
const deregistered: NewEvent = { type: 'AgencyDeregistered', data: { reason: 'abolished' } };

const after = (...events: ReadonlyArray<NewEvent>) => given(agency, recorded(events));

// -------------------------------------------------------------------------------------
const registering = suite('first registration of an agency');

registering('GEPI-22: an agency that was never registered is registered with what its card says', () => {
  after()
    .when((state) => registerAgency(state, input))
    .gives({ type: 'AgencyRegistered', data: input });
});

registering('GEPI-25: a registration after an approval names the review', () => {
  after()
    .when((state) => registerAgency(state, { ...input, review: uuid(1) }))
    .gives({ type: 'AgencyRegistered', data: { ...input, review: uuid(1) } });
});

registering('GEPI-22: a registered agency is not registered again', () => {
  after(agencyRegistered())
    .when((state) => registerAgency(state, input))
    .refuses('AGENCY_ALREADY_REGISTERED');
});

registering('a suspended agency does not get open again by registering', () => {
  after(agencyRegistered(), suspended)
    .when((state) => registerAgency(state, input))
    .refuses('AGENCY_SUSPENDED');
});

registering('GEPI-15: an agency whose service had ended may register again, with another certificate', () => {
  const again = { ...input, credential: seen('GCA', 2), organisation: oid(2) };
  after(agencyRegistered(), deregistered)
    .when((state) => registerAgency(state, again))
    .gives({ type: 'AgencyRegistered', data: again })
    .when((state) => suspendAgency(state, 'audit'))
    .givesTypes('AgencySuspended');
});

registering('mayRegister tells the same without deciding', () => {
  const asked = (...events: ReadonlyArray<NewEvent>) =>
    after(...events).when((state) => {
      const may = mayRegister(state);
      return may._tag === 'Left' ? may : { _tag: 'Right', right: [] };
    });
  asked().gives();
  asked(agencyRegistered(), deregistered).gives();
  asked(agencyRegistered()).refuses('AGENCY_ALREADY_REGISTERED');
  asked(agencyRegistered(), suspended).refuses('AGENCY_SUSPENDED');
});

registering.run();

// -------------------------------------------------------------------------------------
const replacing = suite("replacing an agency's certificate");

const replaced = (overrides: object = {}): NewEvent => ({
  type: 'CertificateReplaced',
  data: {
    holder: 'agency',
    clerk: null,
    previous: seen('GCA', 1),
    next: seen('GCA', 2),
    identityProof: null,
    cause: 'reissue',
    organisation: null,
    review: null,
    ...overrides,
  },
});

replacing('GEPI-46: the next certificate takes the place of the one on record', () => {
  after(agencyRegistered())
    .when((state) =>
      replaceAgencyCertificate(state, { next: seen('GCA', 2), organisation: oid(1), review: null }),
    )
    .gives(replaced());
});

replacing('X-2: the same card number under another serial is a renewal (展期)', () => {
  const next = seen('GCA', 2, { card: 1 });
  after(agencyRegistered())
    .when((state) => replaceAgencyCertificate(state, { next, organisation: oid(1), review: null }))
    .gives(replaced({ next, cause: 'renewal' }));
});

replacing('X-2: a card that does not tell its number leaves the cause unknown', () => {
  const next = seen('GCA', 2, { card: 0 });
  after(agencyRegistered())
    .when((state) => replaceAgencyCertificate(state, { next, organisation: oid(1), review: null }))
    .gives(replaced({ next, cause: 'unknown' }));
});

replacing(
  'GEPI-50: another organisation is recorded with the review that let it pass, and holds afterwards',
  () => {
    after(agencyRegistered())
      .when((state) =>
        replaceAgencyCertificate(state, {
          next: seen('GCA', 2),
          organisation: businessNumber('04595257'),
          review: uuid(7),
        }),
      )
      .gives(replaced({ organisation: businessNumber('04595257'), review: uuid(7) }))
      .when((state) =>
        replaceAgencyCertificate(state, {
          next: seen('GCA', 3),
          organisation: businessNumber('04595257'),
          review: null,
        }),
      )
      .gives(replaced({ previous: seen('GCA', 2), next: seen('GCA', 3) }));
  },
);

replacing('GEPI-46: the registered certificate does not replace itself', () => {
  after(agencyRegistered())
    .when((state) =>
      replaceAgencyCertificate(state, { next: seen('GCA', 1), organisation: oid(1), review: null }),
    )
    .refuses('CERTIFICATE_UNCHANGED');
});

const replacingBy = (serial: number) => (state: typeof agency.initial) =>
  replaceAgencyCertificate(state, { next: seen('GCA', serial), organisation: oid(1), review: null });

replacing('X-4: a certificate that was replaced, however long ago, does not come back', () => {
  const third = after(agencyRegistered())
    .when(replacingBy(2))
    .givesTypes('CertificateReplaced')
    .when(replacingBy(3))
    .givesTypes('CertificateReplaced');
  for (const serial of [1, 2]) third.when(replacingBy(serial)).refuses('CERTIFICATE_ALREADY_REPLACED');
  third.when(replacingBy(3)).refuses('CERTIFICATE_UNCHANGED');
  third.when(replacingBy(4)).givesTypes('CertificateReplaced');
  // The error says whose card it is.
  const answer = replacingBy(1)(third.state);
  assert.is(answer._tag === 'Left' && answer.left.ca, 'GCA');
});

replacing('X-4: neither does it after the service ended: not to register, not as the next one', () => {
  const ended = after(agencyRegistered(), replaced(), deregistered);
  const registeringBy = (serial: number) => (state: typeof agency.initial) =>
    registerAgency(state, { ...input, credential: seen('GCA', serial) });
  ended.when(registeringBy(1)).refuses('CERTIFICATE_ALREADY_REPLACED');
  // The certificate that the agency had in the end was not replaced by any.
  ended
    .when(registeringBy(2))
    .givesTypes('AgencyRegistered')
    .when(replacingBy(3))
    .givesTypes('CertificateReplaced');
  const again = ended.when(registeringBy(3)).givesTypes('AgencyRegistered');
  for (const serial of [1, 2]) again.when(replacingBy(serial)).refuses('CERTIFICATE_ALREADY_REPLACED');
});

replacing('X-2: the same serial of another CA is another certificate', () => {
  const other = { ...seen('GCA', 1), ca: 'XCA' } as const;
  after(agencyRegistered(), replaced())
    .when((state) => replaceAgencyCertificate(state, { next: other, organisation: oid(1), review: null }))
    .givesTypes('CertificateReplaced');
});

for (const [name, events, code] of [
  ['an unregistered agency', [], 'AGENCY_NOT_REGISTERED'],
  ['a suspended agency', [agencyRegistered(), suspended], 'AGENCY_SUSPENDED'],
  ['an agency whose service ended', [agencyRegistered(), deregistered], 'AGENCY_DEREGISTERED'],
] as const) {
  replacing(`${name} replaces nothing`, () => {
    after(...events)
      .when((state) =>
        replaceAgencyCertificate(state, { next: seen('GCA', 2), organisation: oid(1), review: null }),
      )
      .refuses(code);
  });
}

replacing("a clerk's or manager's replacement leaves the agency's certificate as it is", () => {
  after(
    agencyRegistered(),
    replaced({ holder: 'manager' }) as NewEvent,
    replaced({ holder: 'clerk', clerk: uuid(1) }) as NewEvent,
  )
    .when((state) =>
      replaceAgencyCertificate(state, { next: seen('GCA', 1), organisation: oid(1), review: null }),
    )
    .refuses('CERTIFICATE_UNCHANGED');
});

replacing.run();

// -------------------------------------------------------------------------------------
const closing = suite('closing and opening an agency');

closing('NHI-19: an agency is suspended, reopened and suspended again, each with its reason', () => {
  after(agencyRegistered())
    .when((state) => suspendAgency(state, 'audit'))
    .gives(suspended)
    .when((state) => suspendAgency(state, 'audit'))
    .refuses('AGENCY_SUSPENDED')
    .when((state) => reopenAgency(state, 'audit-over'))
    .gives({ type: 'AgencyReopened', data: { reason: 'audit-over' } })
    .when((state) => suspendAgency(state, 'audit'))
    .gives(suspended);
});

closing('only a suspended agency is reopened', () => {
  after()
    .when((state) => reopenAgency(state, 'x'))
    .refuses('AGENCY_NOT_REGISTERED');
  after(agencyRegistered())
    .when((state) => reopenAgency(state, 'x'))
    .refuses('AGENCY_NOT_SUSPENDED');
  after(agencyRegistered(), deregistered)
    .when((state) => reopenAgency(state, 'x'))
    .refuses('AGENCY_DEREGISTERED');
});

closing(
  'GEPI-15: clause 9, the service of an abolished agency ends, once, also while it is suspended',
  () => {
    after()
      .when((state) => deregisterAgency(state, 'abolished'))
      .refuses('AGENCY_NOT_REGISTERED');
    after(agencyRegistered())
      .when((state) => deregisterAgency(state, 'abolished'))
      .gives(deregistered)
      .when((state) => deregisterAgency(state, 'abolished'))
      .refuses('AGENCY_DEREGISTERED');
    after(agencyRegistered(), suspended)
      .when((state) => deregisterAgency(state, 'abolished'))
      .gives(deregistered);
  },
);

closing('what closes an agency that never was is no event of it', () => {
  after(suspended)
    .when((state) => {
      const active = activeAgency(state);
      return active._tag === 'Left' ? active : { _tag: 'Right', right: [] };
    })
    .refuses('AGENCY_NOT_REGISTERED');
});

closing.run();
