import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type AgencyDataChange, changeAgencyData, decideAgencyData } from '../../src/agency-data/decide.js';
import { evolveAgencyData, initialAgencyData, valueAt } from '../../src/agency-data/state.js';
import { gepiPolicy, nhiPolicy } from '../../src/policy/packs/index.js';
import { given } from '../../src/testing/index.js';
import { uuid } from '../register/fixtures.js';

const folding = { initial: initialAgencyData, evolve: evolveAgencyData };
const at = '2026-03-02T02:00:00.000Z';
const contact = { name: '王小明', phone: '02-23456789', extension: null };

const change = (
  changes: Readonly<Record<string, string>>,
  more: Partial<AgencyDataChange> = {},
): AgencyDataChange => ({
  request: uuid(1),
  subject: 'agency.123456789',
  changes: Object.entries(changes).map(([field, value]) => ({ field, value })),
  attachments: [],
  contact: undefined,
  from: null,
  explanation: undefined,
  at,
  ...more,
});

const test = suite("the agency's own data");

test('NHI-22, NHI-24: fields of one delay are one event, and each delay has its own', () => {
  const outcome = given(folding, []).when(() =>
    changeAgencyData(
      nhiPolicy,
      change({ 'labour-number': '12345678A', phone: '02-1234567', fax: '02-1234568' }),
    ),
  );
  outcome.givesTypes('AgencyDataChanged', 'AgencyDataChanged');
  assert.ok(outcome.answer._tag === 'Right');
  assert.equal(
    outcome.answer.right.map((event) => [event.data, event.effectiveAt ?? null]),
    [
      [{ fields: ['labour-number'] }, '2026-03-02T02:30:00.000Z'],
      [{ fields: ['phone', 'fax'] }, null],
    ],
  );
});

test('NHI-23: what needs proof is asked for beside what needs none', () => {
  const both = { 'registered-address': '臺北市', 'mailing-address': '臺北市' };
  given(folding, [])
    .when(() => changeAgencyData(nhiPolicy, change(both, { attachments: ['a'.repeat(64)], contact })))
    .givesTypes('AgencyDataChanged', 'AgencyDataChangeRequested');
  given(folding, [])
    .when(() => changeAgencyData(nhiPolicy, change(both)))
    .refuses('ATTACHMENT_REQUIRED');
});

test('NHI-23: staff decide once; a rejected change holds never', () => {
  const asked = given(folding, [])
    .when(() =>
      changeAgencyData(
        nhiPolicy,
        change({ 'registered-address': '臺北市' }, { attachments: ['a'.repeat(64)], contact }),
      ),
    )
    .givesTypes('AgencyDataChangeRequested');
  const decide = (outcome: 'approved' | 'rejected') => (state: typeof asked.state) =>
    decideAgencyData(state, nhiPolicy, { request: uuid(1), outcome, note: '', at });
  const no = asked.when(decide('rejected')).givesTypes('AgencyDataChangeDecided');
  no.when(decide('approved')).refuses('CHANGE_REQUEST_DECIDED');
  assert.is(valueAt(no.state, 'registered-address', '2099-01-01T00:00:00.000Z'), undefined);
  const yes = asked.when(decide('approved')).givesTypes('AgencyDataChangeDecided');
  assert.ok(valueAt(yes.state, 'registered-address', '2099-01-01T00:00:00.000Z') !== undefined);
  given(folding, []).when(decide('approved')).refuses('CHANGE_REQUEST_NOT_FOUND');
});

test('NHI-23: an approved change holds from the day that was named, and never before staff decided', () => {
  const holdsFrom = (from: string | null): string | undefined => {
    const outcome = given(folding, [])
      .when(() =>
        changeAgencyData(
          nhiPolicy,
          change({ 'registered-address': '臺北市' }, { attachments: ['a'.repeat(64)], contact, from }),
        ),
      )
      .givesTypes('AgencyDataChangeRequested')
      .when((state) =>
        decideAgencyData(state, nhiPolicy, { request: uuid(1), outcome: 'approved', note: '', at }),
      );
    assert.ok(outcome.answer._tag === 'Right');
    return outcome.answer.right[0]?.effectiveAt;
  };
  assert.is(holdsFrom('2026-03-31T16:00:00.000Z'), '2026-03-31T16:00:00.000Z');
  assert.is(holdsFrom('2019-12-10T16:00:00.000Z'), undefined);
  assert.is(holdsFrom(null), undefined);
});

test('NHI-23: what staff tell with a decision is sealed under the request’s key', () => {
  const outcome = given(folding, [])
    .when(() =>
      changeAgencyData(
        nhiPolicy,
        change({ 'registered-address': '臺北市' }, { attachments: ['a'.repeat(64)], contact }),
      ),
    )
    .givesTypes('AgencyDataChangeRequested')
    .when((state) =>
      decideAgencyData(state, nhiPolicy, {
        ...{ request: uuid(1), outcome: 'rejected', note: '文件不清楚', at },
      }),
    );
  const noted = outcome.givesTypes('AgencyDataChangeDecided', 'AgencyDataDecisionNoted');
  const [, note] = 'right' in outcome.answer ? outcome.answer.right : [];
  assert.ok(note?.type === 'AgencyDataDecisionNoted');
  assert.equal(
    [note.subject, note.personal, note.data],
    [`change.${uuid(1)}`, { note: '文件不清楚' }, { request: uuid(1) }],
  );
  assert.is(noted.state.requests.get(uuid(1))?.note?.subject, `change.${uuid(1)}`);
});

test('NHI-22, NHI-23: a value of the wrong form is told beside its field', () => {
  const refused = changeAgencyData(nhiPolicy, change({ phone: '02-1234567', 'labour-number': '1' }));
  assert.ok(refused._tag === 'Left');
  assert.equal(
    refused.left.fields?.map(({ path, code }) => [path, code]),
    [['labour-number', 'AGENCY_FIELD_FORMAT']],
  );
});

test('NHI-24: a portal whose pack declares no fields changes none', () => {
  given(folding, [])
    .when(() => changeAgencyData(gepiPolicy, change({ phone: '02-1234567' })))
    .refuses('AGENCY_FIELD_UNKNOWN');
});

test('NHI-22: no text gets past the pattern of its field, and none throws', () => {
  fc.assert(
    fc.property(fc.string(), (value) => {
      const { _tag } = changeAgencyData(nhiPolicy, change({ 'labour-number': value }));
      assert.is(_tag === 'Right', /^[0-9]{8}[A-Z]$/.test(value) && !value.includes('\n'));
    }),
  );
});

test('NHI-22: until a later value holds the one before it does', () => {
  const [one, two] = ['2026-03-02T02:30:00.000Z', '2026-03-02T03:30:00.000Z'];
  const save = (value: string) => () => changeAgencyData(nhiPolicy, change({ 'labour-number': value }));
  const { state } = given(folding, [])
    .when(save('12345678A'), { effectiveAt: one })
    .givesTypes('AgencyDataChanged')
    .when(save('12345678B'), { effectiveAt: two })
    .givesTypes('AgencyDataChanged');
  const holdsFrom = (instant: string) => valueAt(state, 'labour-number', instant)?.effectiveAt;
  assert.equal(['2026-03-02T02:29:59.999Z', one, '2026-03-02T03:29:59.999Z', two].map(holdsFrom), [
    undefined,
    one,
    one,
    two,
  ]);
});

test.run();
