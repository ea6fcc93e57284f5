/**
 * 誰登記了這張憑證: who has or had a certificate on record, in every portal beside this one (X-2, MOICA-16). For auditors; whose it is
 * is not said, only as what it stands where. Its texts are the demonstration's: no pack speaks of other portals.
 *
 * @packageDocumentation
 */
import { CaName, decodeValue, TypedCertificateSerial } from '@mandate/domain';
import { certificatesAnywhere, type HeldAnywhere } from '@mandate/projections';
import * as E from 'fp-ts/lib/Either.js';
import { textField } from '../parts/field.js';
import { summary } from '../parts/notice.js';
import { dataTable } from '../parts/table.js';
import { flag, type Html, html } from '../site/html.js';
import { shortTime } from '../site/times.js';
import type { View } from '../site/view.js';
import { wordsOf } from '../site/words.js';
import type { Place } from '../world/renewal-desk.js';
import type { StaffScreen } from './visit.js';

const path = '/staff/certificates';

const words = {
  zh: {
    lead: '查詢某一憑證序號在各入口網的登記情形,包括已更換、已結束及由其他系統匯入者。',
    ca: '憑證機構',
    wrong: '憑證序號格式不正確。',
    role: '登記身分',
    state: '狀態',
    period: '登記期間',
    current: '現行',
    replaced: '已更換',
    'holder-gone': '已結束',
    typedByHand: '手動輸入或匯入,卡片尚未出示',
    none: '沒有登記過此憑證。',
    unknown: '目前無法查詢。',
  },
  en: {
    lead: 'Where a serial number is or was on record, in every portal: also what was replaced, has ended, or came from another system.',
    ca: 'Certificate authority',
    wrong: 'This is no serial number of a certificate.',
    role: 'On record as',
    state: 'State',
    period: 'On record',
    current: 'now',
    replaced: 'replaced',
    'holder-gone': 'ended',
    typedByHand: 'typed or imported; its card was never shown',
    none: 'It was never on record here.',
    unknown: 'This cannot be asked at present.',
  },
} as const;

const form = (view: View, ca: string, serial: string): Html =>
  html`<form method="get" action="${path}" class="panel" role="search"><div class="field"><label for="f-ca">${words[view.words.lang].ca}</label><select id="f-ca" name="ca">${Object.keys(
    CaName.keys,
  ).map(
    (one) => html`<option value="${one}"${flag('selected', one === ca)}>${one}</option>`,
  )}</select></div>${textField(view, {
    ...{
      name: 'serial',
      label: 'column.serial',
      required: true,
      value: serial,
      maxlength: 100,
      width: 'serial',
    },
  })}<div class="buttons"><button class="button">${view.words.say('button.query')}</button></div></form>`;

const row = ({ words: { lang } }: View, place: Place, held: HeldAnywhere): ReadonlyArray<Html | string> => {
  const say = words[lang];
  const { agencyName, agencyCode, holder, status, proof, heldFrom, heldTo } = held;
  const typed = proof === 'typedByHand' ? html` <span class="tag">${say.typedByHand}</span>` : html``;
  return [
    agencyName === '' ? agencyCode : `${agencyName} (${agencyCode})`,
    wordsOf(place.policy, lang).say(`planner.card.${holder}`),
    html`${say[status]}${typed}`,
    `${shortTime(heldFrom, lang)} – ${heldTo === null ? '' : shortTime(heldTo, lang)}`,
  ];
};

const section = (view: View, place: Place, ca: CaName, serial: string): Html => {
  const { pick, lang } = view.words;
  const say = words[lang];
  const { policy, office } = place;
  const found = certificatesAnywhere(office.reading.runner.read).ofCertificate(ca, serial);
  const id = `at-${policy.portal}`;
  return html`<section class="panel" aria-labelledby="${id}" data-at="${policy.portal}"><h2 id="${id}">${pick(policy.name)}</h2>${
    E.isLeft(found)
      ? html`<p class="notice warn">${say.unknown}</p>`
      : dataTable({
          caption: pick(policy.name),
          quiet: true,
          columns: [
            { label: wordsOf(policy, lang).say('column.agencyName'), kind: 'head' },
            { label: say.role },
            { label: say.state },
            { label: say.period },
          ],
          rows: found.right
            .filter(({ portal }) => portal === policy.portal)
            .map((held) => row(view, place, held)),
          empty: say.none,
        })
  }</section>`;
};

export const certificateHolders: StaffScreen = ({ visit, view, page, has, forbidden }) => {
  const places = visit.settings.anywhere?.();
  if (places === undefined) return visit.notFound();
  if (!has('auditor')) return forbidden();
  const { lang, say } = view.words;
  const { searchParams } = visit.url;
  const [ca, typed] = [searchParams.get('ca') ?? 'MOICA', (searchParams.get('serial') ?? '').trim()];
  const serial = decodeValue(TypedCertificateSerial, typed);
  const isAsked = CaName.is(ca) && E.isRight(serial);
  const wrong = { zh: words.zh.wrong, en: words.en.wrong };
  const title = say('staff.certificates');
  const body = html`<p class="lead">${words[lang].lead}</p>${
    typed === '' || isAsked
      ? html``
      : summary(view, { text: wrong, fields: [{ path: 'serial', text: wrong }] }, { serial: 'column.serial' })
  }${form(view, ca, typed)}${
    isAsked ? html`${places.map((place) => section(view, place, ca, serial.right))}` : html``
  }`;
  return page(
    { title, crumbs: [{ label: title }], current: path, body },
    typed === '' || isAsked ? 200 : 422,
  );
};
