/**
 * An example of GEPI's function menu (功能選單, GEPI-36).
 *
 * The only copy at hand is a damaged scan: about 14 ticked lines, of which 保費申報作業, 申報資料列印, 申報資料查詢,
 * 對帳檔案下載, 給付試算作業 and 年資資料查詢 can be made out. Wording, grouping and codes beyond that are this
 * project's own. The menu is data of the portal: one in service publishes its own.
 *
 * @packageDocumentation
 */
import type { CatalogueEntry } from '../../catalogue/events.js';
import { type CatalogueEntrySource, defineCatalogue } from './define.js';

const group = (code: string, zh: string, en: string): CatalogueEntrySource => ({
  code,
  kind: 'group',
  parent: null,
  zh,
  en,
});

const inGroup =
  (parent: string) =>
  (code: string, zh: string, en: string): CatalogueEntrySource => ({
    code: `${parent}-${code}`,
    kind: 'function',
    parent,
    zh,
    en,
  });

const premium = inGroup('premium');
const benefit = inGroup('benefit');
const seniority = inGroup('seniority');

const versionOne: ReadonlyArray<CatalogueEntrySource> = [
  group('premium', '保費申報作業', 'Premium declarations'),
  premium('edit', '申報資料登錄', 'Enter declarations'),
  premium('send', '申報資料傳送', 'Send declarations'),
  premium('print', '申報資料列印', 'Print declarations'),
  premium('query', '申報資料查詢', 'Query declarations'),
  premium('reconcile', '保費對帳檔案下載', 'Download reconciliation files'),
  group('benefit', '給付作業', 'Benefits'),
  benefit('estimate', '給付試算作業', 'Estimate benefits'),
  benefit('claim', '給付請領作業', 'Claim benefits'),
  benefit('print', '給付資料列印', 'Print benefit records'),
  benefit('query', '給付資料查詢', 'Query benefit records'),
  group('seniority', '年資作業', 'Years of insurance'),
  seniority('print', '年資資料列印', 'Print years of insurance'),
  seniority('query', '年資資料查詢', 'Query years of insurance'),
];

/** Version 1. */
export const gepiCatalogue: ReadonlyArray<CatalogueEntry> = defineCatalogue(versionOne);

/** Version 2: one function more. It reaches nobody until a manager assigns it. */
export const gepiCatalogueNext: ReadonlyArray<CatalogueEntry> = defineCatalogue([
  ...versionOne,
  premium('certificate', '繳費證明下載', 'Download proofs of payment'),
]);
