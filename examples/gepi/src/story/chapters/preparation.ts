/**
 * Before anybody comes: the portal publishes its terms and its function menu.
 *
 * @packageDocumentation
 */
import { gepiCatalogue, gepiTerms } from '@mandate/domain';
import { done, refused } from '../outcome.js';
import { type Chapter, steps } from '../step.js';

const step = steps('preparation');

const published = { zh: '已公布。', en: 'Published.' };

/** What is published has no line for "no group": it is left out. */
export const entriesOf = (entries: typeof gepiCatalogue): ReadonlyArray<Readonly<Record<string, string>>> =>
  entries.map(({ parent, ...entry }) => (parent === null ? entry : { ...entry, parent }));

export const preparation: Chapter = {
  id: 'preparation',
  title: { zh: '系統準備', en: 'Before the first agency comes' },
  steps: [
    step(
      'terms',
      '2026-01-02T09:00',
      '公布用戶約定條款第1版',
      'Publish the terms, version 1',
      'GEPI-12 GEPI-15',
      done('TermsPublished'),
      (scene) => {
        const { version, title, text, english } = gepiTerms;
        return scene.staff({ type: 'PublishTerms', version, title, text, english }, { text: published });
      },
    ),
    step(
      'catalogue',
      '2026-01-02T09:10',
      '公布功能選單第1版',
      'Publish the function menu, version 1',
      'GEPI-36',
      done('CataloguePublished'),
      (scene) =>
        scene.staff(
          { type: 'PublishCatalogue', version: 1, entries: entriesOf(gepiCatalogue) },
          { text: published },
        ),
    ),
    step(
      'terms-again',
      '2026-01-02T09:20',
      '想改寫已公布的條款第1版',
      'Try to rewrite version 1 of the terms',
      'GEPI-13',
      refused('VERSION_NOT_NEXT'),
      (scene) =>
        scene.staff(
          { type: 'PublishTerms', version: 1, title: gepiTerms.title, text: '另一份條款' },
          { text: published },
        ),
    ),
  ],
};
