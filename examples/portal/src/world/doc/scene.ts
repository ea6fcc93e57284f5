/**
 * 公文線上簽核系統 as the demonstration has it: an organisation, one of whose officers has extended a card since it was registered.
 *
 * @packageDocumentation
 */
import type { TestCard } from '@mandate/certificates/test-pki';
import { type DirectoryEntry, docPolicyFor } from '@mandate/domain';
import type { DrawerCard } from '../../cards/deck.js';
import { pastScene } from '../past-scene.js';
import type { Scene } from '../scene.js';
import { accountService, recordsOf } from '../services.js';
import { academy, author, colleague, hospital, nurse, type Officer, testAccounts } from './cast.js';

const day = 86_400_000;
const note = (zh: string, en: string): DrawerCard['note'] => ({ zh, en });

const ofOfficer = (id: string, officer: Officer, words: DrawerCard['note'], card: TestCard): DrawerCard => ({
  ...{ id, compartment: 'clerk', holder: officer.holder, nationalId: officer.nationalId, note: words },
  ...{ pin: officer.pin, card },
});

const deal: Scene['deal'] = async (pki, now, lent) => {
  const since = { notBefore: new Date(now - 400 * day) };
  const issue = ({ holder, nationalId }: Officer): Promise<TestCard> =>
    pki.issueCitizen({ name: holder, last4: nationalId.slice(-4), ...since });
  const before = await issue(author);
  /** Who acts in another portal too has one card for both; where there is none, one that ends soon. */
  const nurseCard =
    lent.find(({ nationalId }) => nationalId === nurse.nationalId)?.card ??
    (await pki.issueCitizen({
      ...{ name: nurse.holder, last4: nurse.nationalId.slice(-4) },
      ...{ notBefore: new Date(now - 1800 * day), notAfter: new Date(now + 26 * day) },
    }));
  return [
    ofOfficer(
      'hsu',
      author,
      note('展期前,已登記啟用', 'Before it was extended; registered and active'),
      before,
    ),
    ofOfficer(
      'hsu-renewed',
      author,
      note('同一張卡展期後:序號不同,由此開始', 'The same card extended: other serials; begin here'),
      await pki.renew(before),
    ),
    ofOfficer('sun', colleague, note('尚未登記', 'Not registered yet'), await issue(colleague)),
    ofOfficer(
      'kao',
      nurse,
      note(
        '示範醫院(393000001C)承辦人員,已登記啟用,即將到期',
        'Officer of 393000001C; registered, and ends soon',
      ),
      nurseCard,
    ),
  ];
};

const base64 = (octets: Uint8Array): string => Buffer.from(octets).toString('base64');

const dayOf = (milliseconds: number): string =>
  new Date(milliseconds + 8 * 3_600_000).toISOString().slice(0, 10);

const fillPast: Scene['fillPast'] = async (opened, deck, clock) => {
  const scene = pastScene(opened, deck, [], testAccounts);
  const register = async (
    { code }: DirectoryEntry,
    { account, nationalId }: Officer,
    { id, kind, days }: { readonly id: string; readonly kind: string; readonly days: number },
  ): Promise<void> => {
    const session = await scene.show('credentials', code, [`account:${account}`]);
    const { certificate, encryptionCertificate } = scene.card(id).card;
    await scene.ask(code, session, {
      ...{ type: 'RegisterCredential', nationalId, kind, cardKind: 'regular' },
      serials: { kind: 'read', signing: base64(certificate), encryption: base64(encryptionCertificate) },
      ...{ active: true, from: dayOf(clock.now()), to: dayOf(clock.now() + days * day) },
    });
  };
  clock.to(8, 10, 0);
  await register(academy, author, { id: 'hsu', kind: 'electronic-id', days: 1460 });
  clock.to(8, 11, 0);
  await register(hospital, nurse, { id: 'kao', kind: 'citizen', days: 26 });
};

export const docScene: Scene = {
  policyFor: docPolicyFor,
  directory: recordsOf([academy, hospital]),
  cas: ['MOICA'],
  deal,
  fillPast,
  renewal: false,
  accounts: accountService(testAccounts),
  testAccounts,
};
