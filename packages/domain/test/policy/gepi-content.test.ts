import * as E from 'fp-ts/lib/Either.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { CatalogueEntry } from '../../src/catalogue/events.js';
import { registerErrors } from '../../src/errors.js';
import { gepiCatalogue, gepiCatalogueNext, gepiTerms, gepiTexts } from '../../src/policy/packs/index.js';

// -------------------------------------------------------------------------------------
// terms
// -------------------------------------------------------------------------------------

const terms = suite('GEPI: the terms of use');

const clauses = (text: string): ReadonlyArray<string> => text.split('\n').slice(1);

terms('GEPI-15: ten clauses, numbered in order, in both languages', () => {
  for (const text of [gepiTerms.text, gepiTerms.english]) {
    assert.equal(
      clauses(text).map((clause) => Number.parseInt(clause, 10)),
      [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
    );
  }
});

terms('GEPI-15: clauses 3, 4, 5, 8 and 9 say what delegation rests on', () => {
  const zh = clauses(gepiTerms.text);
  assert.match(zh[2] ?? '', '進行承辦人權限設定(含授權指派、變更或停止作業)');
  assert.match(zh[2] ?? '', '監督其使用');
  assert.match(zh[3] ?? '', '避免將相關憑證交付他人或遭他人冒用、盜用');
  assert.match(zh[4] ?? '', '電子文件作為書面文件之原本或正本');
  assert.match(zh[7] ?? '', '個人資料保護法');
  assert.match(zh[8] ?? '', '裁撤後,承保機關有權終止提供本作業系統服務');
});

terms('GEPI-13: the text is version 1 and free of what the scan damaged', () => {
  assert.is(gepiTerms.version, 1);
  assert.is(gepiTerms.title, gepiTexts['screen.terms.title'].zh);
  assert.not.match(
    gepiTerms.text,
    /作獎|作樂|鉴更|買用|置在|暨任|醫靈|憑追|公款|印值|專用童|傻犯|裁跟|豐寧|不要導致/,
  );
  assert.not.match(gepiTerms.english, /\p{Script=Han}/u);
});

terms.run();

// -------------------------------------------------------------------------------------
// catalogue
// -------------------------------------------------------------------------------------

const catalogue = suite('GEPI: the example of a function menu');

catalogue(
  'GEPI-36: every line passes the codec and its code is lower-case letters, digits and hyphens',
  () => {
    for (const entry of gepiCatalogueNext) {
      assert.ok(E.isRight(CatalogueEntry.decode(entry)), entry.code);
      assert.match(entry.code, /^[a-z0-9]+(-[a-z0-9]+)*$/);
    }
  },
);

catalogue('GEPI-36: a tree of about 14 lines: each function stands in a group that comes before it', () => {
  assert.is(gepiCatalogue.length, 14);
  const groups = new Set<string>();
  for (const entry of gepiCatalogue) {
    if (entry.kind === 'group') groups.add(entry.code);
    else assert.ok(entry.parent !== null && groups.has(entry.parent), entry.code);
  }
  assert.is(groups.size, 3);
  assert.is(new Set(gepiCatalogue.map((entry) => entry.code)).size, gepiCatalogue.length);
});

catalogue('GEPI-36: what can be read in the manual stands in the menu', () => {
  const names = gepiCatalogue.map((entry) => entry.zh);
  for (const name of ['保費申報作業', '申報資料列印', '申報資料查詢', '給付試算作業', '年資資料查詢']) {
    assert.ok(names.includes(name), name);
  }
});

catalogue('X-6: the next menu has everything of the first, unchanged, and one new function', () => {
  assert.equal(gepiCatalogueNext.slice(0, gepiCatalogue.length), [...gepiCatalogue]);
  const added = gepiCatalogueNext.slice(gepiCatalogue.length);
  assert.is(added.length, 1);
  assert.is(added[0]?.kind, 'function');
  assert.ok(gepiCatalogue.every((entry) => entry.code !== added[0]?.code));
});

catalogue.run();

// -------------------------------------------------------------------------------------
// one wording
// -------------------------------------------------------------------------------------

const wording = suite('GEPI: screens and refusals use one wording');

wording('GEPI-23: the text of a mismatch', () => {
  assert.equal(gepiTexts['message.reviewMismatch'], {
    zh: registerErrors.ORGANISATION_MISMATCH.zh,
    en: registerErrors.ORGANISATION_MISMATCH.en,
  });
});

wording('GEPI-24: the text of a pending review', () => {
  assert.equal(gepiTexts['message.reviewPending'], {
    zh: registerErrors.ALREADY_PENDING.zh,
    en: registerErrors.ALREADY_PENDING.en,
  });
});

wording('GEPI-4: the text outside opening hours', () => {
  assert.is(gepiTexts['message.closed'].zh, registerErrors.OUTSIDE_OPENING_HOURS.zh);
});

wording.run();
