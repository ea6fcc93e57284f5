/**
 * 公文線上簽核系統 as the demonstration has it: an organisation, one of whose officers has extended a card since it was registered.
 *
 * @packageDocumentation
 */
import type { TestCard, TestPki } from '@mandate/certificates/test-pki';
import { docPolicyFor } from '@mandate/domain';
import type { DrawerCard } from '../../cards/deck.js';
import { pastScene } from '../past-scene.js';
import type { Scene } from '../scene.js';
import { accountService, recordsOf } from '../services.js';
import { academy, author, colleague, type Officer, testAccounts } from './cast.js';

const day = 86_400_000;
const note = (zh: string, en: string): DrawerCard['note'] => ({ zh, en });

const ofOfficer = (id: string, officer: Officer, words: DrawerCard['note'], card: TestCard): DrawerCard => ({
  ...{ id, compartment: 'clerk', holder: officer.holder, nationalId: officer.nationalId, note: words },
  ...{ pin: officer.pin, card },
});

const deal = async (pki: TestPki, now: number): Promise<ReadonlyArray<DrawerCard>> => {
  const since = { notBefore: new Date(now - 400 * day) };
  const issue = ({ holder, nationalId }: Officer): Promise<TestCard> =>
    pki.issueCitizen({ name: holder, last4: nationalId.slice(-4), ...since });
  const before = await issue(author);
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
  ];
};

const base64 = (octets: Uint8Array): string => Buffer.from(octets).toString('base64');

const dayOf = (milliseconds: number): string =>
  new Date(milliseconds + 8 * 3_600_000).toISOString().slice(0, 10);

const fillPast: Scene['fillPast'] = async (opened, deck, clock) => {
  const scene = pastScene(opened, deck, [], testAccounts);
  clock.to(8, 10, 0);
  const session = await scene.show('credentials', academy.code, [`account:${author.account}`]);
  const { certificate, encryptionCertificate } = scene.card('hsu').card;
  await scene.ask(academy.code, session, {
    type: 'RegisterCredential',
    nationalId: author.nationalId,
    kind: 'electronic-id',
    cardKind: 'regular',
    serials: { kind: 'read', signing: base64(certificate), encryption: base64(encryptionCertificate) },
    active: true,
    from: dayOf(clock.now()),
    to: dayOf(clock.now() + 1460 * day),
  });
};

export const docScene: Scene = {
  policyFor: docPolicyFor,
  directory: recordsOf([academy]),
  cas: ['MOICA'],
  deal,
  fillPast,
  renewal: false,
  accounts: accountService(testAccounts),
  testAccounts,
};
