/**
 * The cards that lie in the drawer: what is issued, revoked and renewed before the first start ends.
 *
 * @packageDocumentation
 */
import type { TestCard, TestPki } from '@mandate/certificates/test-pki';
import { type Agency, city, hospital, type Person, people, school, township, water } from '../world/cast.js';

/** Which of the drawer's compartments a card lies in. */
export type Compartment = 'agency' | 'manager' | 'clerk' | 'trouble';

/** A card of the drawer, as a person sees it. */
export interface DrawerCard {
  /** `[a-z-]+` */
  readonly id: string;
  readonly compartment: Compartment;
  readonly holder: string;
  /** 機關代號, of an agency's card. */
  readonly agencyCode?: string;
  /** 身分證統一編號, of a person's. */
  readonly nationalId?: string;
  readonly note: { readonly zh: string; readonly en: string };
  readonly pin: string;
  readonly card: TestCard;
}

const day = 86_400_000;

const note = (zh: string, en: string): DrawerCard['note'] => ({ zh, en });

/** Issues all of them. `now` is the first start, in milliseconds: what is expired is expired then. */
export const dealCards = async (pki: TestPki, now: number): Promise<ReadonlyArray<DrawerCard>> => {
  const daysAgo = (days: number): Date => new Date(now - days * day);
  const since = { notBefore: daysAgo(400) };

  const agencyCard = (agency: Agency) =>
    pki.issueAgency({
      ca: agency.ca,
      name: agency.name,
      ...(agency.organisation.kind === 'oid'
        ? { organisationOid: agency.organisation.value }
        : { businessNumber: agency.organisation.value }),
      ...since,
    });
  const citizenCard = (
    person: Person,
    dates: { readonly notBefore: Date; readonly notAfter?: Date } = since,
  ) => pki.issueCitizen({ name: person.name, last4: person.nationalId.slice(-4), ...dates });

  const ofAgency = (id: string, agency: Agency, words: DrawerCard['note'], card: TestCard): DrawerCard => ({
    id,
    compartment: 'agency',
    holder: agency.name,
    agencyCode: agency.code,
    note: words,
    pin: agency.pin,
    card,
  });
  const ofPerson = (
    compartment: Compartment,
    id: string,
    { name, nationalId, pin }: Person,
    words: DrawerCard['note'],
    card: TestCard,
  ): DrawerCard => ({ id, compartment, holder: name, nationalId, note: words, pin, card });

  const waterCard = await agencyCard(water);
  const hospitalCard = await agencyCard(hospital);
  const hsu = await citizenCard(people.hsu);
  const kuo = await citizenCard(people.kuo);
  const revoked = await citizenCard(people.cheng);
  pki.revoke(revoked, daysAgo(90), 'keyCompromise');
  const stranger = await pki.stranger();
  const deck = [
    ofAgency(
      'city',
      city,
      note('尚未註冊:由此開始', 'Not registered yet: begin here'),
      await agencyCard(city),
    ),
    ofAgency('water', water, note('已註冊,現行卡', 'Registered; the card on record'), waterCard),
    ofAgency(
      'water-new',
      water,
      note('換發的新卡,尚未更換登記', 'A new card, not on record yet'),
      await pki.reissue(waterCard, { notBefore: daysAgo(5) }),
    ),
    ofAgency('hospital', hospital, note('已註冊,現行卡', 'Registered; the card on record'), hospitalCard),
    ofAgency(
      'hospital-new',
      hospital,
      note('換發的新卡,尚未更換登記', 'A new card, not on record yet'),
      await pki.reissue(hospitalCard, { notBefore: daysAgo(5) }),
    ),
    ofAgency(
      'school',
      school,
      note('OID 與承保機關資料不符:需審核', 'Its OID is not the one on our records: goes to review'),
      await agencyCard(school),
    ),
    ofAgency(
      'township',
      township,
      note('審核申請處理中', 'Its application is under review'),
      await agencyCard(township),
    ),
    ofPerson(
      'manager',
      'lin',
      people.lin,
      note('示範市政府人事處的授權管理者', 'Manager of DM001'),
      await citizenCard(people.lin),
    ),
    ofPerson(
      'manager',
      'hsu',
      people.hsu,
      note('DM003 授權管理者,展期前', 'Manager of DM003, before renewal'),
      hsu,
    ),
    ofPerson(
      'manager',
      'hsu-renewed',
      people.hsu,
      note('同一張卡展期後,序號不同', 'The same card renewed: another serial'),
      await pki.renew(hsu),
    ),
    ofPerson(
      'manager',
      'chang',
      people.chang,
      note('接任 DM003 授權管理者', 'Takes over as manager of DM003'),
      await citizenCard(people.chang),
    ),
    ofPerson(
      'manager',
      'tsai',
      people.tsai,
      note('DM004 授權管理者', 'Manager of DM004'),
      await citizenCard(people.tsai),
    ),
    ofPerson(
      'manager',
      'huang',
      people.huang,
      note('DM002 授權管理者,兼經辦人', 'Manager of DM002, and clerk'),
      await citizenCard(people.huang),
    ),
    ofPerson(
      'clerk',
      'wang',
      people.wang,
      note('尚未被指派', 'Not assigned yet'),
      await citizenCard(people.wang),
    ),
    ofPerson(
      'clerk',
      'chen',
      people.chen,
      note('尚未被指派,可改用手動輸入序號', 'Not assigned yet; try typing the serial'),
      await citizenCard(people.chen),
    ),
    ofPerson(
      'clerk',
      'tsao',
      people.tsao,
      note('DM003 經辦人', 'Clerk of DM003'),
      await citizenCard(people.tsao),
    ),
    ofPerson('clerk', 'kuo', people.kuo, note('DM003 經辦人,展期前', 'Clerk of DM003, before renewal'), kuo),
    ofPerson(
      'clerk',
      'kuo-renewed',
      people.kuo,
      note(
        '同一張卡展期後:無法登入,需修改序號',
        'The same card renewed: cannot sign in until the serial is changed',
      ),
      await pki.renew(kuo),
    ),
    ofPerson(
      'clerk',
      'kao',
      people.kao,
      note('DM004 經辦人,憑證即將到期', 'Clerk of DM004; the certificate ends soon'),
      await citizenCard(people.kao, { notBefore: daysAgo(1800), notAfter: daysAgo(-26) }),
    ),
    ofPerson(
      'clerk',
      'liu',
      people.liu,
      note('曾為 DM003 經辦人,已刪除', 'Was a clerk of DM003'),
      await citizenCard(people.liu),
    ),
    ofPerson(
      'trouble',
      'chou',
      people.chou,
      note('憑證已過期,仍可展期', 'Expired, and can still be extended'),
      await citizenCard(people.chou, { notBefore: daysAgo(1850), notAfter: daysAgo(30) }),
    ),
    ofPerson('trouble', 'cheng', people.cheng, note('憑證已廢止(掛失)', 'Revoked: reported lost'), revoked),
    ofPerson(
      'trouble',
      'wu',
      people.wu,
      note('有效卡片,但未獲任何機關授權', 'A good card of somebody whom nobody has authorised'),
      await citizenCard(people.wu),
    ),
    ofPerson(
      'trouble',
      'fake',
      people.fake,
      note('偽造:非我國憑證機構所簽發', 'Forged: issued by nobody whom the portal trusts'),
      await stranger.issueCitizen({
        name: people.fake.name,
        last4: people.fake.nationalId.slice(-4),
        ...since,
      }),
    ),
  ];
  return deck;
};
