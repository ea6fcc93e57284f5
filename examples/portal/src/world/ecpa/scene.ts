/**
 * 公務人員人事服務網 as the demonstration has it: two agencies, one of them bound already.
 *
 * @packageDocumentation
 */
import type { TestPki } from '@mandate/certificates/test-pki';
import { ecpaCatalogue, ecpaPolicyFor } from '@mandate/domain';
import type { DrawerCard } from '../../cards/deck.js';
import { entriesOf } from '../entries.js';
import { pastScene } from '../past-scene.js';
import type { Scene } from '../scene.js';
import { accountService, recordsOf } from '../services.js';
import { type Bureau, bureaus, county, testAccounts, town } from './cast.js';

const day = 86_400_000;
const note = (zh: string, en: string): DrawerCard['note'] => ({ zh, en });

const deal = async (pki: TestPki, now: number): Promise<ReadonlyArray<DrawerCard>> => {
  const since = { notBefore: new Date(now - 300 * day) };
  const ofBureau = async (id: string, bureau: Bureau, words: DrawerCard['note']): Promise<DrawerCard> => ({
    ...{
      id,
      compartment: 'agency',
      holder: bureau.name,
      agencyCode: bureau.code,
      note: words,
      pin: bureau.pin,
    },
    card: await pki.issueAgency({
      ca: 'GCA',
      name: bureau.name,
      organisationOid: bureau.organisation.value,
      ...since,
    }),
  });
  return [
    await ofBureau('county', county, note('尚未認證:由此開始', 'Not bound yet: begin here')),
    await ofBureau('town', town, note('已完成認證', 'Bound')),
  ];
};

const fillPast: Scene['fillPast'] = async (opened, deck, clock) => {
  const scene = pastScene(opened, deck, [], testAccounts);
  clock.to(9, 9, 0);
  await scene.staff({ type: 'PublishCatalogue', version: 1, entries: entriesOf(ecpaCatalogue) });
  clock.to(8, 10, 0);
  const binding = await scene.show('bind', town.code, ['town', 'account:hr-town']);
  await scene.ask(town.code, binding, { type: 'RegisterAgency' });
  clock.to(7, 10, 0);
  const granting = await scene.show('grant', town.code, ['town']);
  await scene.ask(town.code, granting, {
    type: 'AuthorizePeople',
    people: [{ nationalId: 'B220000224' }],
    permissions: ['payroll-report'],
  });
};

export const ecpaScene: Scene = {
  policyFor: ecpaPolicyFor,
  directory: recordsOf(bureaus),
  cas: ['GCA'],
  deal,
  fillPast,
  renewal: false,
  accounts: accountService(testAccounts),
  testAccounts,
};
