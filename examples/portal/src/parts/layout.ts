/**
 * The frame of every page: banner, top, left function column (GEPI-6), breadcrumb, session, foot.
 *
 * @packageDocumentation
 */
import { attribute, type Html, html, nothing } from '../site/html.js';
import type { View } from '../site/view.js';
import { langTag } from '../site/words.js';
import { leftMenu } from './menu.js';
import { sessionPanel } from './session-panel.js';

export interface Crumb {
  readonly label: string;
  readonly href?: string;
}

export interface Page {
  readonly title: string;
  /** After 首頁; the last one is the page itself. */
  readonly crumbs: ReadonlyArray<Crumb>;
  readonly body: Html;
  /** The line of the left column that this page belongs to. */
  readonly current?: string;
  /** Key of the area that stands under the portal's name (GEPI-1). @defaultValue `area.delegation` */
  readonly area?: string;
  /** The home page has its own head. */
  readonly headless?: boolean;
  /** The pages of staff are another area: their own column, who is in, and where home is. */
  readonly other?: { readonly menu: Html; readonly panel: Html; readonly home: Crumb };
}

const crumbTrail = ({ words }: View, { crumbs, other }: Page): Html => {
  const home: Crumb = other?.home ?? { label: words.say('crumb.home'), href: '/' };
  const all: ReadonlyArray<Crumb> = [home, ...crumbs];
  return html`<nav class="crumbs" aria-label="${words.say('frame.breadcrumb')}"><ol>${all.map(
    ({ label, href }, at) =>
      at === all.length - 1
        ? html`<li><span${attribute('aria-current', 'page')}>${label}</span></li>`
        : html`<li>${href === undefined ? html`<span>${label}</span>` : html`<a href="${href}">${label}</a>`}</li>`,
  )}</ol></nav>`;
};

const testBanner = ({ words: { lang }, test }: View): Html =>
  test === undefined
    ? nothing
    : html`<p class="test-banner"><strong>${lang === 'zh' ? '測試模式' : 'Test mode'}</strong><span>${
        lang === 'zh'
          ? '機關、人員與卡片皆為虛構,資料只存放在這部電腦。'
          : 'Agencies, people and cards are invented; the data stay on this computer.'
      }</span><a href="/test-mode">${lang === 'zh' ? '可以試試什麼' : 'What to try'}</a></p>`;

const languageSwitch = ({ words: { lang, say }, path }: View): Html => {
  const to = lang === 'zh' ? 'en' : 'zh';
  const back = encodeURIComponent(path);
  return html`<a class="language" href="/language?to=${to}&back=${back}" lang="${langTag[to]}" hreflang="${
    langTag[to]
  }"><span class="unseen">${say('frame.language')}: </span>${to === 'zh' ? '中文' : 'English'}</a>`;
};

const foot = ({ pack, words: { say, pick, lang } }: View): Html => {
  const desk = pack.helpdesks.find(({ ca }) => ca === null);
  return html`<footer class="foot"><div class="wide">${
    desk === undefined
      ? nothing
      : html`<p><strong>${pick(desk.name)}</strong> ${say('help.phone')} ${desk.phone}</p>`
  }<p><a href="/help">${say('frame.footer')}</a></p>${
    lang === 'en' ? html`<p>${say('frame.binding')}</p>` : nothing
  }</div></footer>`;
};

/** A whole document. */
export const layout = (view: View, page: Page): Html => {
  const { pack, words, assets } = view;
  const { say, pick, lang } = words;
  const name = pick(pack.name);
  return html`<!doctype html>
<html lang="${langTag[lang]}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${page.headless === true ? name : `${page.title} - ${name}`}</title>
<link rel="stylesheet" href="${assets.style}">
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
<script type="module" src="${assets.script}"></script>
</head>
<body${page.other === undefined ? nothing : html` class="other-area"`}>
<a class="skip" href="#main">${say('frame.skip')}</a>
${testBanner(view)}
<header class="top"><div class="wide"><a class="brand" href="/"><span class="emblem" aria-hidden="true"></span><span><span class="brand-name">${name}</span><span class="brand-area">${say(
    page.area ?? 'area.delegation',
  )}</span></span></a>${languageSwitch(view)}</div></header>
<div class="frame wide">
${page.other?.menu ?? leftMenu(view, page.current)}
<main id="main" tabindex="-1">
${page.headless === true ? nothing : crumbTrail(view, page)}
${page.other?.panel ?? sessionPanel(view)}
${page.headless === true ? nothing : html`<h1>${page.title}</h1>`}
${page.body}
</main>
</div>
${foot(view)}
</body>
</html>`;
};
