import { createTestPki } from '@mandate/certificates/test-pki';
import { nhiCatalogue, nhiPolicy, nhiTexts } from '@mandate/domain';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { clinic, nurse, owner } from '../src/world/cast.js';
import { give, healthCard, show } from '../src/world/counter.js';
import { openOffice } from '../src/world/office.js';
import { fieldsOf, refusal, right, typesOf } from './support.js';

const pki = await createTestPki({ keyPool: 2, cas: ['MOEACA', 'MOICA'] });
const { code } = clinic;

/** A unit with a clerk who is in, about to change the unit's data. */
const opened = async () => {
  const office = await openOffice(pki, nhiPolicy, nhiCatalogue, [clinic], [owner, nurse]);
  const { register } = office;
  right(
    await give(register, right(await show(register, 'register', code, healthCard(owner))), {
      type: 'RegisterAgency',
    }),
  );
  const managers = right(await show(register, 'managers', code, healthCard(owner)));
  const { name, nationalId } = nurse;
  const clerk = { name, nationalId, email: 'n@clinic.example', certificate: { kind: 'registeredCard' } };
  right(await give(register, managers, { type: 'AuthorizeClerk', clerk, permissions: [] }));
  const session = right(await show(register, 'unit-data', code, healthCard(nurse)));
  const change = (changes: Readonly<Record<string, string>>, more: object = {}) =>
    give(register, session, {
      type: 'ChangeAgencyData',
      changes: Object.entries(changes).map(([field, value]) => ({ field, value })),
      ...more,
    });
  const data = async () => right(await register.agencyData(session.confirmation.id)());
  const value = async (id: string) => (await data()).fields.find((field) => field.id === id);
  return { ...office, session, change, data, value };
};

const contact = { name: '王小明', phone: '02-23456789' };
const attachments = ['a'.repeat(64), 'b'.repeat(64)];

const test = suite('NHI: data of the unit');

test('NHI-22: a labour insurance number that was saved can be used after 30 minutes', async () => {
  const { change, value, clock } = await opened();
  assert.equal(typesOf(right(await change({ 'labour-number': '12345678A' }))), ['AgencyDataChanged']);
  const waiting = await value('labour-number');
  assert.is(waiting?.value, null);
  assert.is(Date.parse(waiting?.changesAt ?? ''), clock.now() + 30 * 60_000);
  // A session lasts twenty minutes, so it is another one that sees the number: 請先登出,等30分鐘後再登入.
  assert.match(nhiTexts['data.delay'].zh, '等30分鐘後再登入');
});

test('NHI-22: … by whoever comes back then', async () => {
  const { change, register, clock } = await opened();
  right(await change({ 'labour-number': '12345678A' }));
  clock.advance(30 * 60_000 - 1);
  const early = right(await show(register, 'unit-data', code, healthCard(nurse)));
  const before = right(await register.agencyData(early.confirmation.id)());
  assert.is(before.fields[0]?.value, null);
  clock.advance(1);
  const after = right(await register.agencyData(early.confirmation.id)());
  assert.equal([after.fields[0]?.value, after.fields[0]?.changesAt], ['12345678A', null]);
});

test('NHI-22: a number of another form is refused', async () => {
  const { change } = await opened();
  for (const wrong of ['12345678', '1234567AA', '12345678a', 'A12345678']) {
    assert.is(refusal(await change({ 'labour-number': wrong })), 'AGENCY_FIELD_INVALID', wrong);
  }
});

test('NHI-24: what needs no proof is changed at once', async () => {
  const { change, value } = await opened();
  right(await change({ 'mailing-address': '臺北市示範路1號', phone: '02-23456789' }));
  assert.is((await value('mailing-address'))?.value, '臺北市示範路1號');
  assert.is((await value('phone'))?.value, '02-23456789');
  right(await change({ 'mailing-address': '臺北市示範路3號' }));
  assert.is((await value('mailing-address'))?.value, '臺北市示範路3號');
});

test('NHI-23: a registered address needs documents and whom to call', async () => {
  const { change } = await opened();
  const address = { 'registered-address': '臺北市示範路2號' };
  assert.is(refusal(await change(address)), 'ATTACHMENT_REQUIRED');
  assert.equal(fieldsOf(await change(address, { attachments })), ['contact REQUIRED']);
});

for (const outcome of ['approved', 'rejected'] as const) {
  test(`NHI-23: it waits for staff, and holds once it is ${outcome} or never`, async () => {
    const { change, value, data, byStaff } = await opened();
    const asked = await change({ 'registered-address': '臺北市示範路2號' }, { attachments, contact });
    assert.equal(typesOf(right(asked)), ['AgencyDataChangeRequested']);
    assert.is((await value('registered-address'))?.value, null);
    const [request] = (await data()).requests;
    assert.equal([request?.status, request?.attachments], ['pending', attachments]);
    const decide = { type: 'DecideAgencyData', agencyCode: code, request: request?.id, outcome };
    right(await byStaff(decide));
    assert.is(refusal(await byStaff(decide)), 'CHANGE_REQUEST_DECIDED');
    assert.is((await value('registered-address'))?.value, outcome === 'approved' ? '臺北市示範路2號' : null);
    assert.is((await data()).requests[0]?.status, outcome);
  });
}

test('NHI-23: staff see what was said of the documents and the day that was named; the unit reads why', async () => {
  const { change, data, byStaff, register, value, clock } = await opened();
  const more = { attachments, contact, effectiveOn: '2099-01-01', explanation: '變更登記表' };
  right(await change({ 'registered-address': '臺北市示範路2號' }, more));
  const [asked] = right(await register.agencyDataRequests(code)());
  assert.equal(
    [asked?.explanation, asked?.from, asked?.note],
    ['變更登記表', '2098-12-31T16:00:00.000Z', null],
  );
  const note = '自指定日起生效';
  const decide = {
    type: 'DecideAgencyData',
    agencyCode: code,
    request: asked?.id,
    outcome: 'approved',
    note,
  };
  assert.equal(typesOf(right(await byStaff(decide))), ['AgencyDataChangeDecided', 'AgencyDataDecisionNoted']);
  assert.is((await data()).requests[0]?.note, note);
  const waiting = await value('registered-address');
  assert.equal([waiting?.value, waiting?.changesAt], [null, '2098-12-31T16:00:00.000Z']);
  assert.ok(clock.now() < Date.parse('2098-12-31T16:00:00.000Z'));
});

test('NHI-23: a day that the calendar has not is refused', async () => {
  const { change } = await opened();
  const address = { 'registered-address': '臺北市示範路2號' };
  const refused = await change(address, { attachments, contact, effectiveOn: '2026-02-30' });
  assert.is(refusal(refused), 'INVALID_INPUT');
});

test('NHI-17: who changes the unit’s data is told what the unit is known by; another session is not', async () => {
  const { register, session } = await opened();
  const record = right(await register.agencyRecord(session.confirmation.id)());
  assert.equal(
    [record.agencyCode, record.agencyName, record.organisation, record.credential.proof],
    [code, clinic.name, clinic.organisation, 'registeredCard'],
  );
  const managers = right(await show(register, 'managers', code, healthCard(owner)));
  assert.is(refusal(await register.agencyRecord(managers.confirmation.id)()), 'CONFIRMATION_OTHER_PURPOSE');
  assert.is(refusal(await register.agencyRecord('no confirmation')()), 'CONFIRMATION_UNKNOWN');
});

test('NHI-23: what was never asked for cannot be decided', async () => {
  const { byStaff } = await opened();
  const request = '00000000-0000-4000-8000-000000000000';
  const decide = { type: 'DecideAgencyData', agencyCode: code, request, outcome: 'approved' };
  assert.is(refusal(await byStaff(decide)), 'CHANGE_REQUEST_NOT_FOUND');
});

test('NHI-23, NHI-24: a field that the pack does not declare, or one named twice, is refused', async () => {
  const { change, register, session } = await opened();
  assert.is(refusal(await change({ owner: '某人' })), 'AGENCY_FIELD_UNKNOWN');
  const phone = { field: 'phone', value: '02-23456789' };
  const twice = await give(register, session, { type: 'ChangeAgencyData', changes: [phone, phone] });
  assert.is(refusal(twice), 'AGENCY_FIELD_INVALID');
});

test('NHI-23: addresses and whom to call stand in no event in clear', async () => {
  const { change, settings } = await opened();
  right(await change({ 'mailing-address': '臺北市示範路1號' }));
  right(
    await change(
      { 'registered-address': '臺北市示範路2號' },
      { attachments, contact, explanation: '變更登記表' },
    ),
  );
  const page = right(await settings.store.readAll('start', 1000)());
  const all = page.events.map((event) => event.body).join('\n');
  assert.match(all, 'registered-address');
  for (const secret of ['示範路', '王小明', '02-23456789', '變更登記表']) assert.not.match(all, secret);
});

test.run();
