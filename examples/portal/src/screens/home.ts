/**
 * The home page: six cards (GEPI-7), the way in for clerks (GEPI-2…4), what a computer needs (GEPI-5).
 *
 * @packageDocumentation
 */
import { layout } from '../parts/layout.js';
import { type Html, html, nothing } from '../site/html.js';
import type { View } from '../site/view.js';

/** Which text of the home page belongs to which line of the menu; replacements share one card, as in the manual. */
const cards: ReadonlyArray<readonly [name: string, item: string]> = [
  ['firstRegistration', 'first-registration'],
  ['delegation', 'delegation'],
  ['replace', 'replace-agency'],
  ['records', 'query-records'],
  ['serial', 'query-serial'],
  ['oid', 'query-oid'],
];

/** A menu's line by its id; packs without it have no card for it. */
const lineOf = ({ pack }: View, id: string) =>
  pack.menu.flatMap(({ items }) => items).find((item) => item.id === id);

const homeCard = (view: View, name: string, item: string): Html => {
  const { say, pick, has } = view.words;
  const line = lineOf(view, item);
  const key = `home.${name}`;
  if (line === undefined || !has(`${key}.text`)) return nothing;
  const group = view.pack.menu.find(({ items }) => items.some(({ id }) => id === item));
  const several = name === 'replace' && group !== undefined && group.items.length > 1;
  return html`<li class="card"><h3>${say(`${key}.title`)}</h3><p>${say(`${key}.text`)}</p><ul class="card-links">${
    several
      ? group.items.map(
          ({ id, label, purpose }) => html`<li><a href="/${purpose ?? id}">${pick(label)}</a></li>`,
        )
      : html`<li><a href="/${line.purpose ?? line.id}">${pick(line.label)}</a></li>`
  }</ul></li>`;
};

const hours = ({ pack, words: { say }, test }: View): Html =>
  test?.anyHour === true || pack.openingHours === null
    ? nothing
    : html`<p class="hint">${say('login.hours')}</p>`;

/** The way to the business functions, where the pack lets clerks sign in (GEPI-2). */
const signIn = (view: View): Html => {
  const purpose = view.pack.purposes.find(({ commands }) => commands.includes('LogIn'));
  const { say } = view.words;
  return purpose === undefined
    ? nothing
    : html`<section class="panel" aria-labelledby="login"><h2 id="login">${say('login.title')}</h2><p>${say(
        'login.gate',
      )}</p>${hours(view)}<p><a class="button" href="/${purpose.id}">${say('link.business')}</a></p></section>
`;
};

/** A portal whose pack has no words for the cards above: a card for each line of its menu, with what the pack says of it. */
const menuCards = ({ pack, words: { say, pick, has } }: View): Html =>
  html`${pack.menu
    .flatMap(({ items }) => items)
    .map(
      ({ id, label, purpose }) =>
        html`<li class="card"><h3>${pick(label)}</h3><p>${has(`home.${id}.text`) ? say(`home.${id}.text`) : ''}</p><ul class="card-links"><li><a href="/${purpose ?? id}">${pick(label)}</a></li></ul></li>`,
    )}`;

export const homePage = (view: View): Html => {
  const { say, has } = view.words;
  const own = has('home.firstRegistration.text');
  return layout(view, {
    title: say('home.title'),
    crumbs: [],
    current: 'home',
    headless: true,
    body: html`<h1 class="home-title">${say('area.delegation')}</h1>
<p class="lead">${say(own ? 'hint.firstRegistration' : 'portal.about')}</p>
<section aria-labelledby="work"><h2 id="work" class="unseen">${say('frame.menu')}</h2><ul class="cards">${
      own ? cards.map(([name, item]) => homeCard(view, name, item)) : menuCards(view)
    }</ul></section>
<div class="pair">
${signIn(view)}<section class="panel" aria-labelledby="ready"><h2 id="ready">${say('system.title')}</h2><p>${say(
      'help.citizenCertificate.text',
    )}</p><ul class="plain"><li><a href="/help#cards">${say('help.agencyCertificate.title')}</a></li><li><a href="/help#citizen">${say(
      'help.citizenCertificate.title',
    )}</a></li><li><a href="/help#portal">${say('help.title')}</a></li></ul></section>
</div>`,
  });
};
