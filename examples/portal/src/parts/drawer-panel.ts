/**
 * The drawer of test cards on the page. Its words are the demonstration's, not a portal's: no pack has them.
 *
 * @packageDocumentation
 */
import type { StepRole } from '@mandate/domain';
import type { Compartment } from '../cards/deck.js';
import type { ShownCard } from '../cards/drawer.js';
import { flag, type Html, html, nothing } from '../site/html.js';
import type { View } from '../site/view.js';
import type { Lang } from '../site/words.js';

const words = {
  zh: {
    title: '測試卡片抽屜',
    how: '點選卡片(或拖曳)放入讀卡機,再於下方輸入該卡的PIN碼。',
    read: '點選卡片(或拖曳)放入讀卡機,再按下方的「讀取憑證」;讀取不需PIN碼。',
    show: '點選卡片(或拖曳)放入讀卡機,再按下方的按鈕;讀取不需PIN碼。',
    slot: '讀卡機',
    empty: '沒有卡片',
    remove: '取出卡片',
    unlock: '鎖卡解碼',
    pin: 'PIN碼',
    locked: '已鎖卡',
    left: '剩餘次數',
    others: '其他卡片',
    source: '使用的卡片',
    drawer: '測試卡片',
    reader: '讀卡機中的卡片(讀卡元件)',
    agency: '機關憑證',
    manager: '授權管理者自然人憑證',
    clerk: '經辦人自然人憑證',
    trouble: '有問題的卡片',
  },
  en: {
    title: 'Drawer of test cards',
    how: 'Choose a card (or drag it) to put it into the reader, then type its PIN below.',
    read: 'Choose a card (or drag it) to put it into the reader, then press "Read the card" below. No PIN is asked.',
    show: 'Choose a card (or drag it) to put it into the reader, then press the button below. No PIN is asked.',
    slot: 'Reader',
    empty: 'No card',
    remove: 'Take it out',
    unlock: 'Unlock',
    pin: 'PIN',
    locked: 'Locked',
    left: 'Tries left',
    others: 'Other cards',
    source: 'The card',
    drawer: 'A test card',
    reader: 'A card in the reader (card component)',
    agency: 'Agency certificates',
    manager: "Managers' citizen certificates",
    clerk: "Clerks' citizen certificates",
    trouble: 'Cards with something wrong',
  },
} as const;

const cardButton = (
  lang: Lang,
  { id, compartment, holder, agencyCode, nationalId, note, pin, ca }: ShownCard,
): Html =>
  html`<button type="button" class="test-card" draggable="true" aria-pressed="false" data-card="${id}" data-compartment="${compartment}" data-holder="${holder}"><span class="name">${holder}</span><span class="ca">${ca}</span><span class="rest">${
    note[lang]
  }</span><span class="rest">${agencyCode ?? nationalId ?? ''} · ${words[lang].pin} ${pin}</span><span class="rest" data-tries></span></button>`;

const compartment = ({ test, words: { lang } }: View, which: Compartment): Html =>
  html`<fieldset><legend>${words[lang][which]}</legend><div class="deck">${(test?.shown ?? [])
    .filter((card) => card.compartment === which)
    .map((card) => cardButton(lang, card))}</div></fieldset>`;

const all: ReadonlyArray<Compartment> = ['agency', 'manager', 'clerk', 'trouble'];

/** Nothing outside test mode. The compartment of the card that is asked for lies open, the others behind a word. */
export const drawerPanel = (view: View, wanted: StepRole, use: 'how' | 'read' | 'show' = 'how'): Html => {
  if (view.test === undefined) return nothing;
  const { lang } = view.words;
  const say = words[lang];
  return html`<section class="drawer" aria-labelledby="drawer" data-drawer="${view.test.script}" data-cards="${view.test.cardsAt}" data-instance="${view.test.instance}" data-locked="${say.locked}" data-left="${say.left}" data-empty="${say.empty}"><h2 class="drawer-head" id="drawer">${say.title}</h2><div class="drawer-body">
<fieldset class="sources"><legend>${say.source}</legend><label class="choice"><input type="radio" name="source" value="drawer" form="no-form"${flag(
    'checked',
    !view.test.readerFirst,
  )} data-source>${say.drawer}</label><label class="choice"><input type="radio" name="source" value="reader" form="no-form"${flag(
    'checked',
    view.test.readerFirst,
  )} data-source>${say.reader}</label></fieldset>
<div data-drawer-cards><p>${say[use]}</p>
<div class="slot" data-slot><p><strong>${say.slot}</strong></p><p data-slot-card aria-live="polite">${say.empty}</p><button type="button" class="button quiet" data-remove hidden>${say.remove}</button><button type="button" class="button quiet" data-unlock hidden>${say.unlock}</button></div>
${wanted === 'officer' ? nothing : compartment(view, wanted)}
<details><summary>${say.others}</summary>${all.filter((one) => one !== wanted).map((one) => compartment(view, one))}</details>
</div></div></section>`;
};
