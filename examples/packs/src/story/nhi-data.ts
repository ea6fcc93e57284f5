/**
 * 單位資料查詢及變更: what holds after half an hour, at once, or once staff have seen the proof (NHI-22…24).
 *
 * @packageDocumentation
 */
import { createHash } from 'node:crypto';
import { clinic, nurse } from '../world/cast.js';
import { give, healthCard, show } from '../world/counter.js';
import type { Office } from '../world/office.js';
import type { Teller } from './tell.js';

const { code } = clinic;

export const tellUnitData = async (teller: Teller, { byStaff, clock, register }: Office): Promise<void> => {
  const { asked, chapter, done, refused, says } = teller;
  chapter('單位資料查詢及變更', 'The unit’s data', 'NHI-22…24');
  const enter = () =>
    done('陳護理登入', 'The nurse signs in', show(register, 'unit-data', code, healthCard(nurse)));
  let session = await enter();
  const change = (field: string, value: string, more: object = {}) =>
    give(register, session, { type: 'ChangeAgencyData', changes: [{ field, value }], ...more });
  const stands = async (field: string): Promise<string> => {
    const { fields } = await done('查詢', 'Asked', register.agencyData(session.confirmation.id)());
    return fields.find(({ id }) => id === field)?.value ?? '(無 none)';
  };
  const labour = 'labour-number';
  await refused(
    '勞保證號少了英文字母',
    'A number without its letter',
    change(labour, '12345678'),
    'labour-number AGENCY_FIELD_FORMAT',
  );
  await done('勞保證號 12345678A,儲存', 'Saved', change(labour, '12345678A'), 'AgencyDataChanged');
  says('data.delay');
  await asked('馬上看得到嗎', 'Is it there at once?', stands(labour), '(無 none)');

  await done(
    '變更通訊地址(不需證明文件)',
    'No proof is needed',
    change('mailing-address', '臺北市示範路1號'),
    'AgencyDataChanged',
  );
  await asked('通訊地址', 'At once', stands('mailing-address'), '臺北市示範路1號');

  const address = '臺北市示範路2號';
  await refused(
    '變更登記地址,未附證明文件',
    'Proof is missing',
    change('registered-address', address),
    'ATTACHMENT_REQUIRED',
  );
  const attachments = ['證明文件一', '證明文件二'].map((text) =>
    createHash('sha256').update(text).digest('hex'),
  );
  const contact = { name: nurse.name, phone: '02-23456789' };
  await done(
    '附上證明文件及聯絡人',
    'With two documents and whom to call',
    change('registered-address', address, { attachments, contact }),
    'AgencyDataChangeRequested',
  );
  says('data.review');
  await asked('審核前的登記地址', 'Before the review', stands('registered-address'), '(無 none)');
  const { requests } = await done('查詢申請', 'The request', register.agencyData(session.confirmation.id)());
  const decide = {
    type: 'DecideAgencyData',
    agencyCode: code,
    request: requests[0]?.id,
    outcome: 'approved',
  };
  await done('承辦人審核通過', 'Staff approve', byStaff(decide), 'AgencyDataChangeDecided');
  await asked('審核後的登記地址', 'After the review', stands('registered-address'), address);

  clock.advance(30 * 60_000);
  chapter('三十分鐘後', 'Half an hour later', 'NHI-22');
  session = await enter();
  await asked('勞保證號', 'The labour insurance number', stands(labour), '12345678A');
};
