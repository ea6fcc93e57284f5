/**
 * 「new 環境說明」: what code 3003 means, and the check values of the component (NHI-14, NHI-15).
 *
 * @packageDocumentation
 */
import { layout } from '../parts/layout.js';
import { html, nothing } from '../site/html.js';
import type { Screen } from '../site/screen.js';

export const environment: Screen = async (visit) => {
  if (!visit.words.has('fault.3003')) return visit.notFound();
  const view = await visit.view();
  const { say, has } = view.words;
  const title = say('environment.title');
  const sums = Object.keys(view.pack.texts).filter((key) => key.startsWith('component.md5.'));
  return visit.page(
    layout(view, {
      title,
      crumbs: [{ label: title }],
      body: html`<section class="notice info" aria-labelledby="c3003"><h2 id="c3003">${say('environment.3003')}</h2><p>${say(
        'fault.3003',
      )}</p></section><section class="panel"><ul>${sums.map((key) => html`<li>${say(key)}</li>`)}</ul>${
        has('unlock.citizen') ? html`<p>${say('unlock.citizen')}</p>` : nothing
      }${has('guidance.date') ? html`<p class="hint">${say('guidance.date')}</p>` : nothing}</section>`,
    }),
  );
};
