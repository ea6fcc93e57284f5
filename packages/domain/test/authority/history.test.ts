import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { AuthorityQuestion, RefusalReasons } from '../../src/index.js';
import {
  agencyCode,
  agreed,
  appointed,
  authorized,
  changed,
  deregistered,
  founded,
  hash,
  id,
  indexOf,
  instant,
  manager,
  proved,
  published,
  registered,
  replaced,
  revoked,
  seen,
  suspended,
  typed,
} from './support.js';

const ask = (at: string, more: Partial<AuthorityQuestion> = {}): AuthorityQuestion => ({
  agency: agencyCode,
  function: 'premium-edit',
  who: { person: hash('Wang') },
  at: instant(at),
  ...more,
});

// -------------------------------------------------------------------------------------
// time
// -------------------------------------------------------------------------------------

const times = suite('may, at another time');

times('architecture 6: who could do it in March, and who let them', () => {
  const chen = { kind: 'manager', person: hash('manager Chen') } as const;
  const index = indexOf([
    ...founded(),
    authorized({ on: '2022-02-01' }, 'Wang', ['premium-edit'], { credential: seen('C1') }),
    appointed({ on: '2022-02-15' }, 'manager Chen', seen('B9')),
    authorized({ on: '2022-03-10', actor: chen }, 'Wu', ['premium-edit'], { credential: seen('C2') }),
    changed({ on: '2022-04-01', actor: chen }, 'Wang', ['benefit-claim'], ['premium-edit']),
    revoked({ on: '2022-04-02', actor: chen }, 'Wu'),
  ]);
  const told = (at: string) =>
    index.holders(agencyCode, 'premium-edit', { at: instant(at) }).map((holder) => {
      const { grant, manager: now } = holder.reasons();
      return [holder.person, grant.event.actor, grant.manager?.person, now?.person];
    });
  const lin = hash('manager Lin');
  assert.equal(told('2022-01-15'), []);
  assert.equal(told('2022-02-10'), [[hash('Wang'), manager, lin, lin]]);
  assert.equal(told('2022-03-15'), [
    [hash('Wang'), manager, lin, hash('manager Chen')],
    [hash('Wu'), chen, hash('manager Chen'), hash('manager Chen')],
  ]);
  assert.equal(told('2022-04-15'), []);
});

times('architecture 6: what was recorded later with an earlier effect counts from when it was known', () => {
  const index = indexOf([
    ...founded(),
    authorized({ on: '2022-02-01' }, 'Wang', ['premium-edit']),
    revoked({ on: '2022-04-01', effective: '2022-03-01' }, 'Wang'),
  ]);
  const asked = (at: string, knownAt?: string) =>
    index.may(ask(at, knownAt === undefined ? {} : { knownAt: instant(knownAt) })).allowed;
  assert.is(asked('2022-03-15', '2022-03-15'), true);
  assert.is(asked('2022-03-15', '2022-03-31T23:59:59.999Z'), true);
  assert.is(asked('2022-03-15', '2022-04-01'), false);
  assert.is(asked('2022-03-15'), false);
  assert.is(asked('2022-02-15'), true);
});

times('architecture 6: what takes effect later is known, but does not count before', () => {
  const index = indexOf([
    ...founded(),
    authorized({ on: '2022-02-01', effective: '2022-05-01' }, 'Wang', ['premium-edit']),
    suspended({ on: '2022-02-02', effective: '2022-06-01' }),
    agreed({ on: '2022-02-03' }, 2),
  ]);
  assert.is(index.may(ask('2022-04-30T23:59:59.999Z')).allowed, false);
  assert.is(index.may(ask('2022-05-01')).allowed, true);
  const later = index.may(ask('2022-06-01'));
  assert.is(!later.allowed && later.code, 'AGENCY_SUSPENDED');
});

times(
  'architecture 6: of two changes the one that takes effect later wins, whichever was recorded first',
  () => {
    const index = indexOf([
      ...founded(),
      authorized({ on: '2022-02-01' }, 'Wang', ['benefit-claim']),
      changed({ on: '2022-02-02', effective: '2022-05-01' }, 'Wang', [], ['premium-edit']),
      changed({ on: '2022-02-03', effective: '2022-03-01' }, 'Wang', ['premium-edit']),
    ]);
    assert.is(index.may(ask('2022-02-15')).allowed, false);
    assert.is(index.may(ask('2022-04-15')).allowed, true);
    assert.is(index.may(ask('2022-05-15')).allowed, false);
  },
);

times('architecture 6: of two changes with one effective time the one recorded later wins', () => {
  const index = indexOf([
    ...founded(),
    authorized({ on: '2022-02-01' }, 'Wang', ['premium-edit']),
    changed({ on: '2022-02-02', effective: '2022-03-01' }, 'Wang', [], ['premium-edit']),
    changed({ on: '2022-02-03', effective: '2022-03-01' }, 'Wang', ['premium-edit']),
  ]);
  assert.is(index.may(ask('2022-03-01')).allowed, true);
  assert.is(index.may(ask('2022-03-01', { knownAt: instant('2022-02-02') })).allowed, false);
});

times(
  'GEPI-15: a backdated end of the agency ends those who were authorised before it, and no others',
  () => {
    const index = indexOf([
      ...founded(),
      authorized({ on: '2022-02-01' }, 'Wang', ['premium-edit'], { credential: seen('C1') }),
      ...founded({ on: '2022-05-01' }),
      authorized({ on: '2022-06-01' }, 'Chen', ['premium-edit'], { credential: seen('C2') }),
      deregistered({ on: '2022-07-01', effective: '2022-04-01' }),
    ]);
    const holders = (at: string, knownAt?: string) =>
      index
        .holders(agencyCode, 'premium-edit', {
          at: instant(at),
          knownAt: knownAt === undefined ? undefined : instant(knownAt),
        })
        .map((holder) => holder.person);
    assert.equal(holders('2022-06-15', '2022-06-15'), [hash('Wang'), hash('Chen')]);
    assert.equal(holders('2022-06-15'), [hash('Chen')]);
    assert.equal(holders('2022-03-15'), [hash('Wang')]);
    assert.equal(holders('2022-04-15'), []);
  },
);

times('an event with a time that cannot be read has happened', () => {
  const end = revoked({ on: '2022-03-01' }, 'Wang');
  const broken = { ...end, meta: { ...end.meta, recordedAt: 'soon', effectiveAt: 'soon' } };
  const index = indexOf([...founded(), broken, authorized({ on: '2022-02-01' }, 'Wang', ['premium-edit'])]);
  assert.is(index.may(ask('2022-04-01')).allowed, true);
  index.apply({ ...broken, meta: { ...broken.meta, effectiveAt: instant('2022-03-15') } });
  assert.is(index.may(ask('2022-04-01', { knownAt: instant('2022-02-01') })).allowed, false);
});

times.run();

// -------------------------------------------------------------------------------------
// reasons
// -------------------------------------------------------------------------------------

const chain = suite('reasons');

chain('architecture 6: an answer carries the whole chain', () => {
  const shown = { evidence: [hash('agency card'), hash('manager card')] };
  const terms = agreed({ on: '2022-01-01' }, 1);
  const registration = registered({ on: '2022-01-01', ...shown }, seen('A1', { ca: 'GCA' }));
  const appointment = appointed({ on: '2022-01-01', ...shown }, 'manager Lin', seen('B1'));
  const authorisation = authorized({ on: '2022-02-01', ...shown }, 'Wang', ['benefit-claim'], {
    credential: typed('C1'),
  });
  const grant = changed({ on: '2022-03-01', ...shown }, 'Wang', ['premium-edit'], [], 7);
  const index = indexOf([
    terms,
    registration,
    appointment,
    authorisation,
    grant,
    changed({ on: '2022-03-05' }, 'Wang', ['benefit-print'], [], 8),
    replaced({ on: '2022-04-01' }, 'agency', seen('A1', { ca: 'GCA' }), seen('A2', { ca: 'GCA' })),
    replaced({ on: '2022-04-01' }, 'manager', seen('B1'), seen('B2')),
    proved({ on: '2022-04-02' }, 'Wang', seen('C1')),
    agreed({ on: '2022-04-03' }, 2),
  ]);
  const event = ({ type, meta }: typeof grant) => ({
    id: meta.id,
    type,
    recordedAt: meta.recordedAt,
    effectiveAt: meta.effectiveAt,
    actor: meta.actor,
    evidence: meta.evidence,
  });
  const credential = (ca: string, serial: string) => ({
    ca,
    serial,
    proof: 'signed',
    certificate: {
      generation: 'G3',
      subjectType: 'citizen',
      fingerprint: hash(`der ${serial}`),
      notBefore: '2021-01-01T00:00:00.000Z',
      notAfter: '2026-01-01T00:00:00.000Z',
    },
  });
  const decision = index.may(ask('2022-05-01'));
  assert.ok(decision.allowed);
  const { terms: agreedLast, ...reasons } = decision.reasons();
  assert.equal(reasons, {
    agency: { code: agencyCode, registered: event(registration), credential: credential('GCA', 'A2') },
    manager: {
      person: hash('manager Lin'),
      appointed: event(appointment),
      credential: credential('MOICA', 'B2'),
      identityProof: 'last4',
    },
    clerk: {
      id: id('Wang'),
      person: hash('Wang'),
      authorized: event(authorisation),
      credential: credential('MOICA', 'C1'),
      identityProof: 'last4',
    },
    grant: {
      event: event(grant),
      catalogueVersion: 7,
      agency: { code: agencyCode, registered: event(registration), credential: credential('GCA', 'A1') },
      manager: {
        person: hash('manager Lin'),
        appointed: event(appointment),
        credential: credential('MOICA', 'B1'),
        identityProof: 'full',
      },
      terms: { purpose: 'first-registration', version: 1, hash: hash('terms 1'), accepted: event(terms) },
    },
  });
  assert.is(agreedLast?.version, 2);
  assert.is(agreedLast?.hash, hash('terms 2'));

  const before = index.may(ask('2022-04-01'));
  assert.ok(before.allowed);
  assert.equal(before.allowed && before.reasons().clerk.credential, {
    ca: 'MOICA',
    serial: 'C1',
    proof: 'typedByHand',
    certificate: undefined,
  });
  assert.is(before.allowed && before.reasons().clerk.identityProof, 'typed');
});

chain('architecture 6: a permission that was withdrawn and granted again rests on the later grant', () => {
  const again = changed({ on: '2022-04-01' }, 'Wang', ['premium-edit']);
  const index = indexOf([
    ...founded(),
    authorized({ on: '2022-02-01' }, 'Wang', ['premium-edit']),
    changed({ on: '2022-03-01' }, 'Wang', [], ['premium-edit']),
    again,
    changed({ on: '2022-05-01' }, 'Wang', ['benefit-claim']),
  ]);
  const decision = index.may(ask('2022-06-01'));
  assert.is(decision.allowed && decision.reasons().grant.event.id, again.meta.id);
});

chain(
  'X-6: a function that has left the menu stays with whoever holds it, under the version it came from',
  () => {
    const index = indexOf([
      published({ on: '2022-01-01' }, 1, ['premium-edit']),
      ...founded(),
      authorized({ on: '2022-02-01' }, 'Wang', ['premium-edit'], { catalogueVersion: 1 }),
      published({ on: '2022-03-01' }, 2, ['benefit-claim']),
    ]);
    const decision = index.may(ask('2022-04-01'));
    assert.is(decision.allowed && decision.reasons().grant.catalogueVersion, 1);
  },
);

chain('architecture 6: behind a grant stand those of that moment, also where all took effect at once', () => {
  const on = '2022-02-01';
  const index = indexOf([
    ...founded({ on }),
    authorized({ on }, 'Wang', ['premium-edit']),
    appointed({ on }, 'manager Chen', seen('B9')),
    registered({ on: '2022-03-01' }, seen('A9', { ca: 'GCA' })),
  ]);
  const decision = index.may(ask('2022-04-01'));
  assert.ok(decision.allowed);
  if (!decision.allowed) return;
  const { grant, manager: now, agency } = decision.reasons();
  assert.is(grant.manager?.person, hash('manager Lin'));
  assert.is(grant.agency?.credential.serial, 'A1');
  assert.is(grant.terms?.version, 1);
  assert.is(now?.person, hash('manager Chen'));
  assert.is(agency?.credential.serial, 'A9');
});

chain('a grant that took effect before the agency was registered has nobody behind it', () => {
  const index = indexOf([
    authorized({ on: '2022-01-01' }, 'Wang', ['premium-edit']),
    ...founded({ on: '2022-02-01' }),
  ]);
  const decision = index.may(ask('2022-04-01'));
  assert.ok(decision.allowed);
  if (!decision.allowed) return;
  const { grant } = decision.reasons();
  assert.equal([grant.agency, grant.manager, grant.terms], [undefined, undefined, undefined]);
});

chain('a refusal tells what there is of the chain and the event that broke it', () => {
  const withdrawn = changed({ on: '2022-03-01' }, 'Wang', [], ['premium-edit']);
  const renewed = replaced({ on: '2022-04-01' }, 'clerk', seen('C1'), seen('C2'), 'Wang');
  const deleted = revoked({ on: '2022-05-01' }, 'Wang');
  const pause = suspended({ on: '2022-06-01' });
  const end = deregistered({ on: '2022-07-01' });
  const index = indexOf([
    ...founded(),
    authorized({ on: '2022-02-01' }, 'Wang', ['premium-edit']),
    withdrawn,
    renewed,
    deleted,
    pause,
    end,
    ...founded({ on: '2022-08-01' }),
  ]);
  const refusal = (question: AuthorityQuestion): [string, RefusalReasons] => {
    const decision = index.may(question);
    assert.not(decision.allowed);
    return decision.allowed ? ['', {}] : [decision.code, decision.reasons()];
  };
  const summary = (question: AuthorityQuestion) => {
    const [code, reasons] = refusal(question);
    return [code, reasons.endedBy?.id, Object.keys(reasons).sort().join(' ')];
  };
  const all = 'agency clerk endedBy manager terms';
  const shown = { who: { certificate: { ca: 'MOICA', serial: 'C1' } } } as const;
  assert.equal(summary(ask('2021-12-31')), ['AGENCY_NOT_REGISTERED', undefined, '']);
  assert.equal(summary(ask('2022-01-15')), ['NOT_AUTHORIZED', undefined, 'agency manager terms']);
  assert.equal(summary(ask('2022-03-15')), ['PERMISSION_NOT_GRANTED', withdrawn.meta.id, all]);
  assert.equal(summary(ask('2022-03-15', { function: 'x' })), [
    'PERMISSION_NOT_GRANTED',
    undefined,
    'agency clerk manager terms',
  ]);
  assert.equal(summary(ask('2022-04-15', shown)), ['CREDENTIAL_REPLACED', renewed.meta.id, all]);
  assert.equal(summary(ask('2022-05-15')), ['NOT_AUTHORIZED', deleted.meta.id, all]);
  assert.equal(summary(ask('2022-06-15')), [
    'AGENCY_SUSPENDED',
    pause.meta.id,
    'agency endedBy manager terms',
  ]);
  assert.equal(summary(ask('2022-07-15')), ['AGENCY_DEREGISTERED', end.meta.id, 'agency endedBy terms']);
});

chain('GEPI-15: a clerk whom the end of the agency ended is told so', () => {
  const end = deregistered({ on: '2022-03-01' });
  const index = indexOf([
    ...founded(),
    authorized({ on: '2022-02-01' }, 'Wang', ['premium-edit']),
    end,
    ...founded({ on: '2022-04-01' }),
  ]);
  const decision = index.may(ask('2022-05-01'));
  assert.is(!decision.allowed && decision.reasons().endedBy?.id, end.meta.id);
});

chain('whoever acted is told, of whatever kind, and ids that are no UUID as they are', () => {
  const actors = [
    { kind: 'agency' },
    { kind: 'system' },
    { kind: 'staff', account: 'helpdesk-1' },
    { kind: 'staff', account: 'helpdesk-2' },
    { kind: 'staff', account: 'helpdesk-1' },
    { kind: 'clerk', person: hash('Wang') },
    { kind: 'manager', person: 'not a pseudonym' },
    { kind: 'manager', person: 'not a pseudonym' },
  ] as const;
  actors.forEach((actor, n) => {
    const evidence = n % 2 === 0 ? ['not a hash', hash('card')] : [hash('card')];
    const index = indexOf([
      ...founded(),
      authorized({ on: '2022-02-01', actor, evidence, id: `event-${n}` }, 'Wang', ['premium-edit']),
      changed({ on: '2022-02-02', evidence }, 'Wang', ['benefit-claim']),
    ]);
    const decision = index.may(ask('2022-03-01'));
    assert.ok(decision.allowed);
    if (!decision.allowed) return;
    const { event } = decision.reasons().grant;
    assert.equal([event.actor, event.evidence, event.id], [actor, evidence, `event-${n}`]);
    const next = index.may(ask('2022-03-01', { function: 'benefit-claim' }));
    assert.equal(next.allowed && next.reasons().grant.event.evidence, evidence);
  });
});

chain('GEPI-2: an entry carries agency, manager, clerk and terms', () => {
  const index = indexOf([...founded(), authorized({ on: '2022-02-01' }, 'Wang', ['premium-edit'])]);
  const entry = index.functionsOf(ask('2022-03-01'));
  assert.ok(entry.allowed);
  assert.equal(Object.keys(entry.reasons()), ['agency', 'manager', 'clerk', 'terms']);
});

chain.run();

// -------------------------------------------------------------------------------------
// menu
// -------------------------------------------------------------------------------------

const menu = suite('unassignedFunctions');

menu('X-6: a new function is nobody’s until a manager assigns it', () => {
  const index = indexOf([
    published({ on: '2022-01-01' }, 1, ['premium-edit', 'premium-send']),
    ...founded(),
    authorized({ on: '2022-02-01' }, 'Wang', ['premium-edit', 'premium-send']),
    published({ on: '2022-03-01' }, 2, ['premium-certificate', 'premium-edit', 'premium-send']),
    changed({ on: '2022-04-01' }, 'Wang', ['premium-certificate'], ['premium-send'], 2),
    revoked({ on: '2022-05-01' }, 'Wang'),
  ]);
  const unassigned = (at: string, knownAt?: string) =>
    index.unassignedFunctions(agencyCode, {
      at: instant(at),
      knownAt: knownAt === undefined ? undefined : instant(knownAt),
    });
  assert.equal(unassigned('2021-12-31'), []);
  assert.equal(unassigned('2022-01-15'), ['premium-edit', 'premium-send']);
  assert.equal(unassigned('2022-02-15'), []);
  assert.equal(unassigned('2022-03-15'), ['premium-certificate']);
  assert.equal(unassigned('2022-03-15', '2022-02-15'), []);
  assert.equal(unassigned('2022-04-15'), ['premium-send']);
  assert.equal(unassigned('2022-05-15'), ['premium-certificate', 'premium-edit', 'premium-send']);
  assert.is(index.may(ask('2022-03-15', { function: 'premium-certificate' })).allowed, false);
});

menu('X-6: a menu of another portal is not this one’s', () => {
  const index = indexOf([
    published({ on: '2022-01-01' }, 1, ['premium-edit']),
    published({ on: '2022-02-01', stream: 'catalogue-other' }, 2, ['benefit-claim']),
  ]);
  assert.equal(index.unassignedFunctions(agencyCode, { at: instant('2022-03-01') }), ['premium-edit']);
});

menu.run();
