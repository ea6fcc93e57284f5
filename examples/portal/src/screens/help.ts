/**
 * Whom to ask about what (GEPI-8, 9, 17, 19, 27).
 *
 * @packageDocumentation
 */
import type { Helpdesk } from '@mandate/domain';
import { layout } from '../parts/layout.js';
import { type Html, html, nothing } from '../site/html.js';
import type { View } from '../site/view.js';

const link = (href: string | null, label: string): Html =>
  href === null ? nothing : html`<li><a href="${href}" rel="noreferrer">${label}</a></li>`;

const deskPanel = ({ words: { say, pick } }: View, desk: Helpdesk): Html =>
  html`<article class="panel"><h3>${pick(desk.name)}</h3><dl class="facts"><div><dt>${say('help.phone')}</dt><dd>${
    desk.phone
  }</dd></div></dl><ul class="plain">${link(desk.url, say('help.site'))}${link(desk.applyUrl, say('help.apply'))}${link(
    desk.unlockUrl,
    say('help.unlock'),
  )}</ul></article>`;

const routes = ({ words: { say, pick, lang } }: View, desk: Helpdesk): Html =>
  desk.routes.length === 0
    ? nothing
    : html`<div class="scroll" tabindex="0" role="region" aria-labelledby="portal"><table><thead><tr><th scope="col">${say(
        'help.title',
      )}</th><th scope="col">${say('help.extension')}</th><th scope="col">${say('help.regions')}</th></tr></thead><tbody>${desk.routes.map(
        ({ section, extension, regions }) =>
          html`<tr><th scope="row">${pick(section)}</th><td>${extension}</td><td>${regions.join(
            lang === 'zh' ? '、' : ', ',
          )}</td></tr>`,
      )}</tbody></table></div>`;

export const helpPage = (view: View): Html => {
  const { pack, words } = view;
  const { say, pick } = words;
  const citizenCas = new Set<string>([...pack.profiles.manager.cas, ...pack.profiles.clerk.cas]);
  const own = pack.helpdesks.filter(({ ca }) => ca === null);
  const agency = pack.helpdesks.filter(({ ca }) => ca !== null && !citizenCas.has(ca));
  const citizen = pack.helpdesks.filter(({ ca }) => ca !== null && citizenCas.has(ca));
  return layout(view, {
    title: say('help.title'),
    crumbs: [{ label: say('help.title') }],
    body: html`<section aria-labelledby="portal">${own.map(
      (desk) =>
        html`<h2 id="portal">${pick(desk.name)}</h2><p>${say('help.phone')} <strong>${desk.phone}</strong></p>${routes(
          view,
          desk,
        )}`,
    )}</section>
<section aria-labelledby="cards"><h2 id="cards">${say('help.agencyCertificate.title')}</h2><p>${say(
      'help.agencyCertificate.text',
    )}</p><div class="pair">${agency.map((desk) => deskPanel(view, desk))}</div></section>
<section aria-labelledby="citizen"><h2 id="citizen">${say('help.citizenCertificate.title')}</h2><p>${say(
      'help.citizenCertificate.text',
    )}</p><div class="pair">${citizen.map((desk) => deskPanel(view, desk))}</div></section>`,
  });
};
