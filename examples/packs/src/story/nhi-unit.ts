/**
 * The unit itself: another kind of root, another certificate, closed and opened again (NHI-16…19).
 *
 * @packageDocumentation
 */
import type { TestCard } from '@mandate/certificates/test-pki';
import { clerk, clinic, nurse, owner } from '../world/cast.js';
import { card, give, healthCard } from '../world/counter.js';
import { byCitizenCard, byHealthCard, type Clinic, enrolment } from './nhi-clinic.js';

const { code } = clinic;

/** Goes on with the clerk's card; answers an instant at which the unit was closed. */
export const tellUnit = async (
  { at, books, office, teller, unitCards }: Clinic,
  newCard: TestCard,
): Promise<string> => {
  const { byStaff, clock, register } = office;
  const { asked, chapter, done, fact, refused, says } = teller;
  const [unitCard, nextUnitCard] = unitCards;
  const [add, renewed] = [byHealthCard(nurse), byCitizenCard(clerk, newCard)];
  const registering = { type: 'RegisterAgency' };

  chapter('改用工商憑證', 'From a health card to a certificate', 'NHI-18');
  const changing = at('replace-unit', card(newCard), card(unitCard));
  await refused('以單位憑證變更作業換成工商憑證', 'By a replacement', changing, 'ROOT_KIND_FIXED');
  says('root.fixed');
  const end = { type: 'DeregisterAgency', agencyCode: code, reason: 'root-change' };
  await done('承辦人註銷原多憑證帳號', 'Staff end the account', byStaff(end), 'AgencyDeregistered');
  await asked('陳護理可以辦理嗎', 'May the nurse enrol?', books.may(nurse, enrolment), 'AGENCY_DEREGISTERED');
  const anew = await done('以工商憑證驗證', 'The unit’s certificate', at('register', card(unitCard)));
  await done('重新註冊', 'Registered anew', give(register, anew, registering), 'AgencyRegistered');
  await asked(
    '陳護理可以辦理嗎:指派不會跟著過來',
    'Assignments do not come along',
    books.may(nurse, enrolment),
    'NOT_AUTHORIZED',
  );
  const formerly = at('managers', healthCard(owner));
  await refused(
    '負責人再用健保卡登入',
    'The health card opens nothing now',
    formerly,
    'AGENCY_CERTIFICATE_NOT_REGISTERED',
  );
  const managers = await done(
    '以工商憑證登入',
    'Signed in with the certificate',
    at('managers', card(unitCard)),
  );
  await done('重新指派陳護理', 'The nurse again', give(register, managers, add), 'ClerkAuthorized');
  await done('重新指派王小明', 'The clerk again', give(register, managers, renewed), 'ClerkAuthorized');

  clock.advance(60 * 60_000);
  chapter('單位憑證變更作業', 'A clerk replaces the unit’s certificate', 'NHI-16, NHI-17');
  const replace = { type: 'ReplaceAgencyCertificate' };
  const half = await done('王小明以承辦人身分登入', 'The clerk signs in', at('replace-unit', card(newCard)));
  await refused(
    '未讀取新憑證就儲存',
    'Saved before the new card was read',
    give(register, half, replace),
    'CONFIRMATION_INCOMPLETE',
  );
  says('replace.read');
  const both = await done(
    '再登入,換上新的工商憑證,讀取',
    'The new card is read',
    at('replace-unit', card(newCard), card(nextUnitCard)),
  );
  const shown = both.confirmation.cards[1];
  fact(
    `新憑證發行者 ${shown?.credential.ca}  主體 ${shown?.shown.displayName}  序號 ${shown?.credential.serial}`,
  );
  await done(
    '看到公司名稱後儲存',
    'Saved once the name is shown',
    give(register, both, replace),
    'CertificateReplaced',
  );
  says('replace.done');
  const old = at('managers', card(unitCard));
  await refused('以舊的工商憑證登入', 'The old card', old, 'AGENCY_CERTIFICATE_NOT_REGISTERED');

  chapter('暫時關閉', 'Closed for a time', 'NHI-19');
  const closing = { type: 'SuspendAgency', agencyCode: code, reason: 'audit' };
  await done('承辦人暫時關閉單位', 'Staff close the unit', byStaff(closing), 'AgencySuspended');
  await refused('陳護理登入', 'The nurse signs in', at('login', healthCard(nurse)), 'AGENCY_SUSPENDED');
  says('suspended.ask');
  const reopening = { type: 'ReopenAgency', agencyCode: code, reason: 'audit-over' };
  clock.advance(60 * 60_000);
  const whileClosed = books.now();
  clock.advance(60_000);
  await done('電洽後,承辦人重新開啟', 'Staff open it again', byStaff(reopening), 'AgencyReopened');
  await refused(
    '當天仍不能登入',
    'Not yet on the same day',
    at('login', healthCard(nurse)),
    'AGENCY_SUSPENDED',
  );
  clock.set('2026-03-02T16:00:00.000Z');
  chapter('隔天', 'The next day', 'NHI-19');
  await done('陳護理登入', 'The nurse signs in', at('login', healthCard(nurse)));
  return whileClosed;
};
