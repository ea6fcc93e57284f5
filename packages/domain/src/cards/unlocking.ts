/**
 * How a locked card is unlocked: in a pack's own words where it has them, else in those of the health insurance's
 * manual, which knows three ways for citizens (NHI-20) and sends units to whoever issued their card (NHI-21).
 *
 * @packageDocumentation
 */
import type { CaName } from '../credential/credential.js';
import { type Helpdesk, helpdeskOfCa, type PortalPolicy, type Text } from '../policy/policy.js';

/** Whose card it is; of an agency's also who issued it, where its certificate says so. */
export type HeldCard = { readonly kind: 'citizen' } | { readonly kind: 'agency'; readonly ca?: CaName };

/** GEPI's key for its text of a locked card (GEPI-17, GEPI-19). */
const textKeys = { agency: 'lock.agency', citizen: 'lock.citizen' } as const;

const fallback: Readonly<Record<HeldCard['kind'], Text>> = {
  citizen: {
    zh: '自然人憑證IC卡PIN碼輸入錯誤達次數上限,已鎖卡,請至內政部憑證管理中心『憑證作業』『鎖卡解碼』或各戶政事務所辦理解碼或重設密碼。',
    en: 'Too many wrong PINs have locked the citizen card; have it unlocked or set a new PIN at MOICA or at any household registration office.',
  },
  agency: {
    zh: '單位憑證IC卡PIN碼輸入錯誤達次數上限,已鎖卡,請向各發卡之管理中心詢問。',
    en: 'Too many wrong PINs have locked the card; please ask the certificate authority that issued it.',
  },
};

/** NHI-20: in person, on the web, by phone. */
const citizenWays: ReadonlyArray<Text> = [
  {
    zh: '現場辦理:可於各戶政事務所現場(請攜帶身分證明文件)辦理解碼或重設密碼。',
    en: 'In person: at any household registration office, with proof of identity.',
  },
  {
    zh: '上網申辦:至內政部憑證管理中心(http://moica.nat.gov.tw/html/rac.htm)申請修改密碼或解碼。',
    en: 'Online: at MOICA (http://moica.nat.gov.tw/html/rac.htm).',
  },
  {
    zh: '電話申請:撥打內政部憑證管理中心客服電話:0800-080-117(服務時間:週一至週五上午7點至晚上11點;星期例假日8:30~17:30)。',
    en: 'By phone: MOICA, 0800-080-117 (Monday to Friday 7:00 to 23:00, weekends and holidays 8:30 to 17:30).',
  },
];

/** The text of a locked card, its ways out, and the desk of its CA (GEPI-17, GEPI-19, NHI-20, NHI-21). */
export const unlocking = (
  held: HeldCard,
  policy?: PortalPolicy,
): { readonly text: Text; readonly ways: ReadonlyArray<Text>; readonly desk?: Helpdesk } => {
  const key = textKeys[held.kind];
  const own = policy !== undefined && Object.hasOwn(policy.texts, key) ? policy.texts[key] : undefined;
  const ca = held.kind === 'citizen' ? 'MOICA' : held.ca;
  const desk = ca === undefined || policy === undefined ? undefined : helpdeskOfCa(policy, ca);
  return {
    text: own ?? fallback[held.kind],
    ways: held.kind === 'citizen' ? citizenWays : [],
    ...(desk === undefined ? {} : { desk }),
  };
};
