/**
 * 公布用戶約定條款: the next version of the terms (GEPI-12…15). Who agreed to the one before reads and agrees anew.
 *
 * @packageDocumentation
 */
import { textField } from '../parts/field.js';
import { errorAt } from '../parts/notice.js';
import { textArea } from '../parts/text-area.js';
import { html, nothing } from '../site/html.js';
import type { Deed } from './deed.js';
import type { StaffVisit } from './visit.js';

const published = async ({ visit }: StaffVisit) => {
  const found = await visit.client.terms();
  return found._tag === 'Right' ? found.right : undefined;
};

export const publishTerms: Deed = {
  path: '/staff/terms',
  title: 'deed.terms',
  labels: { title: 'deed.terms.title', text: 'deed.terms.body', english: 'deed.terms.english' },
  optional: ['english'],
  form: async (staff, _, shortfall) => {
    const { view, visit } = staff;
    const { say } = view.words;
    const now = await published(staff);
    const typed = (name: string, before: string): string =>
      visit.form.has(name) ? visit.form.text(name) : before;
    const error = errorAt(view, shortfall, 'title');
    return html`<p>${say('deed.version').replace('{n}', String(now?.version ?? 0))}</p>${textField(view, {
      ...{
        name: 'title',
        label: 'deed.terms.title',
        required: true,
        value: typed('title', now?.title ?? ''),
      },
      ...(error === undefined ? {} : { error }),
    })}${textArea(
      view,
      {
        name: 'text',
        label: 'deed.terms.body',
        required: true,
        value: typed('text', now?.text ?? ''),
        rows: 16,
      },
      shortfall,
    )}${textArea(
      view,
      {
        ...{ name: 'english', label: 'deed.terms.english', required: false, rows: 10 },
        ...{ value: typed('english', now?.english ?? ''), hint: say('frame.binding') },
      },
      shortfall,
    )}`;
  },
  prepare: async (staff) => {
    const { view, visit } = staff;
    const { say } = view.words;
    const now = await published(staff);
    const lines = (name: string): string => visit.form.text(name).replaceAll('\r\n', '\n').trim();
    const [title, text, english] = [lines('title'), lines('text'), lines('english')];
    const version = (now?.version ?? 0) + 1;
    return {
      _tag: 'Right',
      right: {
        told: html`<p>${say('deed.terms.told').replace('{n}', String(version))}</p><h3>${title}</h3><div class="terms" tabindex="0" role="region" aria-label="${title}">${text
          .split('\n')
          .map((line) => html`<p>${line}</p>`)}</div>${
          english === '' ? html`<p>${say('deed.terms.noEnglish')}</p>` : nothing
        }`,
        send: (options) =>
          visit.client.publishTerms(
            { body: { version, title, text, ...(english === '' ? {} : { english }) } },
            options,
          ),
        facts: [
          ['deed.versionNumber', String(version)],
          ['deed.terms.title', title],
        ],
      },
    };
  },
};
