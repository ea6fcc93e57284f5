/**
 * The first page: what each portal is, and the way to it. Its texts are the demonstration's but for what the packs say.
 *
 * @packageDocumentation
 */
import { purposeOf } from '@mandate/domain';
import { type Html, html, nothing } from '../site/html.js';
import { type Lang, langTag, wordsOf } from '../site/words.js';
import type { Listed } from './entries.js';

const words = {
  zh: {
    title: '授權登記簿入口網',
    lead: '同一套登記核心,各入口網只是不同的規則與文字。',
    what: '入口網一覽',
    test: '測試模式',
    invented: '機關、人員、卡片與帳號皆為虛構,資料只存放在這部電腦。',
    renewal: '自然人憑證線上展期',
    renewalText: '測試卡片的展期:同一張卡,新的序號;完成後告訴您在哪些入口網無法登入、由誰更新。',
    skip: '跳到主要內容',
  },
  en: {
    title: 'Portals of Mandate',
    lead: 'One core keeps them all; each portal is a pack of rules and texts.',
    what: 'The portals',
    test: 'Test mode',
    invented: 'Agencies, people, cards and accounts are invented; the data stay on this computer.',
    renewal: 'Extend a citizen certificate',
    renewalText:
      'Renew a test card: the same card with another serial. It tells afterwards in which portals it does not let in any more, and who mends that.',
    skip: 'Skip to the main content',
  },
} as const;

const card = (lang: Lang, { id, pack, about, first }: Listed): Html => {
  const { say, pick } = wordsOf(pack, lang);
  return html`<li class="card"><h3><a href="/${id}/">${pick(pack.name)}</a></h3><p>${say(about)}</p><ul class="card-links">${first.map(
    (purpose) => {
      const found = purposeOf(pack, purpose);
      return found === undefined
        ? nothing
        : html`<li><a href="/${id}/${purpose}">${pick(found.label)}</a></li>`;
    },
  )}</ul></li>`;
};

export const indexPage = (
  lang: Lang,
  assets: { readonly style: string; readonly script: string },
  portals: ReadonlyArray<Listed>,
): Html => {
  const say = words[lang];
  const to: Lang = lang === 'zh' ? 'en' : 'zh';
  return html`<!doctype html>
<html lang="${langTag[lang]}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${say.title}</title>
<link rel="stylesheet" href="${assets.style}">
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
</head>
<body>
<a class="skip" href="#main">${say.skip}</a>
<p class="test-banner"><strong>${say.test}</strong><span>${say.invented}</span></p>
<header class="top"><div class="wide"><a class="brand" href="/"><span class="emblem" aria-hidden="true"></span><span><span class="brand-name">${say.title}</span></span></a><a class="language" href="/language?to=${to}&back=%2F" lang="${langTag[to]}" hreflang="${langTag[to]}">${
    to === 'zh' ? '中文' : 'English'
  }</a></div></header>
<main id="main" class="wide index" tabindex="-1"><h1 class="home-title">${say.title}</h1><p class="lead">${say.lead}</p><h2>${say.what}</h2><ul class="cards">${portals.map(
    (portal) => card(lang, portal),
  )}<li class="card"><h3><a href="/renewal">${say.renewal}</a></h3><p>${say.renewalText}</p></li></ul></main>
</body>
</html>`;
};
