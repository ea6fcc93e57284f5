/**
 * Questions about the past and the future of an agency's authority, as data: of the session's own agency, and of any for staff.
 *
 * @packageDocumentation
 */
import { FunctionCode, Instant, strict, t, UnitCode, Uuid } from '@mandate/domain';
import { describe } from '../description.js';
import { PageOf } from '../pages/cursor.js';
import { queryNumber } from '../pages/query-number.js';
import { ForecastRow, UnassignedInAgency } from '../rows/certificates.js';
import { orNull } from '../rows/credential.js';
import { AuthorityAt, AuthorityChange, AuthorityDiff, Blame } from '../rows/history.js';
import { People } from '../rows/people.js';

/** What all of them are. */
const asked = { method: 'GET', tag: 'history', status: 200, waits: true } as const;

// -------------------------------------------------------------------------------------
// what is asked and answered
// -------------------------------------------------------------------------------------

/** Rows of a page: at most, and without being told. */
export const pageLimits = { most: 1000, usual: 100 };

export const paged = { limit: queryNumber(1, pageLimits.most), cursor: t.string };

const HistoryAnswer = t.strict(
  { ...PageOf(AuthorityChange, 'HistoryPage').type.props, people: People },
  'History',
);
const AuthorityAtAnswer = t.strict({ authority: AuthorityAt, people: People }, 'AuthorityThen');
const BlameAnswer = t.strict({ blame: orNull(Blame), people: People }, 'BlameAnswer');
const DiffAnswer = t.strict({ diff: AuthorityDiff, people: People }, 'DiffAnswer');
const ForecastAnswer = t.strict({ ...ForecastRow.type.props, people: People }, 'ForecastAnswer');

/** Times are instants with an offset or `Z`. */
const span = strict({}, { from: Instant, to: Instant });

const readFaults = ['UNAVAILABLE', 'READ_MODEL_BEHIND'] as const;

const list = {
  ...asked,
  summary: { zh: '授權異動歷程', en: 'Every change of authority, in the order in which it was written down' },
  query: strict({}, { clerk: Uuid, ...paged }),
  answer: HistoryAnswer,
  errors: ['INVALID_INPUT', 'CURSOR_INVALID', ...readFaults],
} as const;

const asOf = {
  ...asked,
  summary: {
    zh: '某一時點的授權狀態',
    en: 'Who could do what at an instant, by what had been recorded by another',
  },
  query: strict({}, { at: Instant, knownAt: Instant }),
  answer: AuthorityAtAnswer,
  errors: ['INVALID_INPUT', ...readFaults],
} as const;

const blame = {
  ...asked,
  summary: { zh: '權限由誰授予或取消', en: 'Which event gave a clerk a function, and which took it away' },
  query: strict({ clerk: Uuid, function: FunctionCode }, { at: Instant, knownAt: Instant }),
  answer: BlameAnswer,
  errors: ['INVALID_INPUT', ...readFaults],
} as const;

const diff = {
  ...asked,
  summary: { zh: '兩個時點的差異', en: 'What differs between two instants' },
  query: strict({ from: Instant, to: Instant }, { knownAt: Instant }),
  answer: DiffAnswer,
  errors: ['INVALID_INPUT', ...readFaults],
} as const;

const csv = {
  ...asked,
  summary: { zh: '匯出授權異動歷程(CSV)', en: 'The history as a table for spreadsheets' },
  answer: { media: 'text/csv; charset=utf-8; header=present' },
  errors: readFaults,
} as const;

const jsonLines = {
  ...asked,
  summary: { zh: '匯出授權異動歷程(JSON Lines)', en: 'The history as JSON, one change a line' },
  answer: { media: 'application/x-ndjson; charset=utf-8' },
  errors: readFaults,
} as const;

const forecast = {
  ...asked,
  summary: {
    zh: '憑證到期預測與應備卡片',
    en: 'Who will be locked out if nobody does anything, and which cards mend it',
  },
  query: span,
  answer: ForecastAnswer,
  errors: ['INVALID_INPUT', ...readFaults],
} as const;

const unassigned = {
  ...asked,
  summary: { zh: '尚未指派的功能', en: 'Functions of the latest menu that no clerk holds' },
  query: strict({}, { since: queryNumber(1, 1e9 - 1) }),
  answer: t.strict({ functions: UnassignedInAgency.type.props.functions }, 'UnassignedFunctions'),
  errors: ['INVALID_INPUT', ...readFaults],
} as const;

// -------------------------------------------------------------------------------------
// routes
// -------------------------------------------------------------------------------------

const own = { access: ['session'], holding: ['manager'] } as const;
const ofAgency = { access: ['staff'], params: strict({ agencyCode: UnitCode }) } as const;

/** Of the session's own agency, which is told by the session and by nothing that the caller says. */
export const historyRoutes = {
  history: describe({ ...list, ...own, id: 'history', path: '/history' }),
  historyAsOf: describe({ ...asOf, ...own, id: 'historyAsOf', path: '/history/as-of' }),
  historyBlame: describe({ ...blame, ...own, id: 'historyBlame', path: '/history/blame' }),
  historyDiff: describe({ ...diff, ...own, id: 'historyDiff', path: '/history/diff' }),
  historyCsv: describe({ ...csv, ...own, id: 'historyCsv', path: '/history.csv' }),
  historyJsonLines: describe({ ...jsonLines, ...own, id: 'historyJsonLines', path: '/history.jsonl' }),
  forecast: describe({ ...forecast, ...own, id: 'forecast', path: '/forecast' }),
  unassignedFunctions: describe({
    ...unassigned,
    ...own,
    id: 'unassignedFunctions',
    path: '/unassigned-functions',
  }),
};

/** Of any agency, for staff; names are for auditors. */
export const agencyHistoryRoutes = {
  agencyHistory: describe({
    ...list,
    ...ofAgency,
    id: 'agencyHistory',
    path: '/agencies/{agencyCode}/history',
  }),
  agencyHistoryAsOf: describe({
    ...asOf,
    ...ofAgency,
    id: 'agencyHistoryAsOf',
    path: '/agencies/{agencyCode}/history/as-of',
  }),
  agencyHistoryBlame: describe({
    ...blame,
    ...ofAgency,
    id: 'agencyHistoryBlame',
    path: '/agencies/{agencyCode}/history/blame',
  }),
  agencyHistoryDiff: describe({
    ...diff,
    ...ofAgency,
    id: 'agencyHistoryDiff',
    path: '/agencies/{agencyCode}/history/diff',
  }),
  agencyHistoryCsv: describe({
    ...csv,
    ...ofAgency,
    id: 'agencyHistoryCsv',
    path: '/agencies/{agencyCode}/history.csv',
  }),
  agencyHistoryJsonLines: describe({
    ...jsonLines,
    ...ofAgency,
    id: 'agencyHistoryJsonLines',
    path: '/agencies/{agencyCode}/history.jsonl',
  }),
  agencyForecast: describe({
    ...forecast,
    ...ofAgency,
    id: 'agencyForecast',
    path: '/agencies/{agencyCode}/forecast',
  }),
  agencyUnassignedFunctions: describe({
    ...unassigned,
    ...ofAgency,
    id: 'agencyUnassignedFunctions',
    path: '/agencies/{agencyCode}/unassigned-functions',
  }),
};
