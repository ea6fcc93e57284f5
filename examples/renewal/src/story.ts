/**
 * 自然人憑證線上展期 told from beginning to end, with what goes wrong on the way. People and cards are invented.
 *
 * @packageDocumentation
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEstServer } from '@mandate/adapters-http/testing';
import { cardReader } from '@mandate/adapters-pcsc';
import {
  pivCard,
  t7sCard,
  testManagementKey,
  testPinTransportKey,
  virtualReaderName,
  virtualTransport,
} from '@mandate/adapters-pcsc/virtual-card';
import { createTestPki } from '@mandate/certificates/test-pki';
import {
  afterRenewal,
  gepiPolicy,
  type Instant,
  moicaRenewal,
  type RenewalView,
  singleUsePin,
  toEpochMs,
} from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import { openDesk } from './desk.js';
import { type Line, offerLines, receiptLines, textOf } from './print.js';
import { programme, type Refusal } from './programme.js';

/** Everything went as the story says, or not. */
export interface Told {
  readonly holds: boolean;
  readonly receipt: RenewalView | undefined;
}

const pin = '690229';
const now = '2026-03-02T02:00:00.000Z' as Instant;
const holder = { nationalId: 'A123456789', birthDate: '民國69年2月29日' };

export const tellStory = async (line: Line): Promise<Told> => {
  let holds = true;
  const step = (zh: string, en: string): void => line(`\n■ ${zh}  ${en}`);
  const expect = <A>(words: string, answer: E.Either<Refusal, A>, code?: string): A | undefined => {
    if (E.isLeft(answer)) {
      const { code: found, zh, en } = textOf(answer.left);
      const expected = found === code;
      if (!expected) holds = false;
      line(`  ${expected ? '✓' : '✗'} ${words}\n    ${found}: ${zh}\n    ${en}`);
      return undefined;
    }
    if (code !== undefined) holds = false;
    line(`  ${code === undefined ? '✓' : '✗'} ${words}`);
    return answer.right;
  };
  const stands = (renewal: RenewalView | undefined): void => {
    const text = moicaRenewal.texts[`renewal.step.${renewal?.step ?? 'started'}`];
    if (renewal !== undefined) line(`    目前進度: ${text?.zh} (${renewal.step})`);
  };

  const folder = mkdtempSync(join(tmpdir(), 'mandate-renewal-'));
  const clock = { now: () => toEpochMs(now) };
  const pki = await createTestPki({ cas: ['MOICA'], now: new Date(now), keyPool: 2 });
  const dates = { notBefore: new Date('2021-04-08T16:00:00Z'), notAfter: new Date('2026-04-09T15:59:59Z') };
  const card = await pki.issueCitizen({ name: '王小明', last4: '6789', ...dates });
  const young = await pki.issueCitizen({ name: '陳年輕', last4: '6789' });
  const slot = virtualReaderName(0);
  const old = t7sCard({ card, pin });
  const piv = pivCard({ card, pin, tearing: true });
  const transport = virtualTransport([old]);
  const keys = {
    pinTransportKey: testPinTransportKey,
    management: { algorithm: 'AES' as const, key: testManagementKey },
  };
  const reader = cardReader(transport, { keys });
  const ca = await startEstServer({ pki, cards: () => [card, young], clock });
  const settings = { folder, pki, uri: ca.uri, clock };
  let desk = await openDesk(settings);
  let program = programme(reader, desk.renewals);

  try {
    step('步驟一:讀取自然人憑證IC卡', 'Step one: the card is read');
    expect('寫入指令未公開的卡片,不開始展期', await program.readCard(), 'WRITE_UNSUPPORTED');
    line(`    ${moicaRenewal.texts['renewal.write.unsupported']?.zh}`);
    transport.readers.insert(slot, pivCard({ card: young, pin }));
    const early = expect('另一張卡,憑證尚有多年', await program.readCard());
    if (early !== undefined) {
      expect('尚未到可線上展期期間', await program.offer(early.shown, holder), 'RENEWAL_TOO_EARLY');
    }
    transport.readers.insert(slot, piv);
    const read = expect('王小明的卡', await program.readCard());
    if (read === undefined) return { holds: false, receipt: undefined };
    const { shown } = read;

    step('步驟二:身分證字號及出生年月日', 'Step two: who it is');
    const stranger = { ...holder, nationalId: 'A223456781' };
    expect('不是持有人的身分證字號', await program.offer(shown, stranger), 'IDENTITY_MISMATCH');
    const future = { ...holder, birthDate: '民國130年1月1日' };
    expect('還沒出生', await program.offer(shown, future), 'BIRTH_DATE_IMPOSSIBLE');
    const offer = expect(
      '小寫英文字母也可以',
      await program.offer(shown, { ...holder, nationalId: 'a123456789' }),
    );
    if (offer !== undefined) for (const text of offerLines(offer)) line(`    ${text}`);

    step('用戶同意條款內容', 'Terms');
    const first = expect('申請展期', await program.apply(shown, holder));
    if (first !== undefined) stands(expect('不同意:作業終止,卡片未變更', await program.disagree(first)));
    const begun = expect('再申請一次', await program.apply(shown, holder));
    const agreed = begun && expect('同意', await program.agree(begun));
    if (agreed === undefined) return { holds: false, receipt: undefined };

    step('展期作業需用戶簽章', 'PIN #1: the holder signs the request');
    expect('PIN碼錯誤一次', await program.sign(agreed, singleUsePin('000000')), 'PIN_WRONG');
    const signed = expect('PIN碼正確,簽章完成', await program.sign(agreed, singleUsePin(pin)));
    if (signed === undefined) return { holds: false, receipt: undefined };
    stands(signed);

    step('送至憑證管理中心', 'To the certificate authority');
    ca.tell({ kind: 'lost', times: 1 });
    expect('連線中斷:申請保留', await program.send(signed), 'CA_UNAVAILABLE');
    await desk.close();
    desk = await openDesk(settings);
    program = programme(reader, desk.renewals);
    const again = expect('程式重新啟動,讀卡後接續', await program.readCard())?.underWay ?? undefined;
    stands(again);
    ca.tell({ kind: 'pending', times: 1, retryAfter: '180' });
    const waiting = again && expect('憑證管理中心請稍後再查', await program.send(again));
    if (waiting !== undefined) line(`    ${waiting.retryAfterSeconds} 秒後再查詢`);
    const sent = again && expect('再查詢:已簽發,只簽發一張', await program.send(again));
    if (sent === undefined || ca.issued() !== 1) return { holds: false, receipt: undefined };
    stands(sent.renewal);

    step('展期新憑證寫入IC卡', 'PIN #2: the new certificate is written');
    transport.readers.misbehave(slot, { type: 'pull', during: 'write' });
    expect('寫入中拔卡', await program.write(sent.renewal, singleUsePin(pin)), 'WRITE_UNCONFIRMED');
    await desk.close();
    desk = await openDesk(settings);
    program = programme(reader, desk.renewals);
    transport.readers.insert(slot, piv);
    const found = expect('程式重新啟動,放回同一張卡', await program.readCard())?.underWay ?? undefined;
    stands(found);
    if (found !== undefined) line(`    ${moicaRenewal.texts['renewal.writing.what']?.zh}`);
    const checked = found && expect('讀取確認', await program.check(found));
    stands(checked);
    const done = checked && expect('再寫入一次,讀回相符', await program.write(checked, singleUsePin(pin)));
    if (done === undefined) return { holds: false, receipt: undefined };
    stands(done);
    holds &&= done.step === 'completed';

    step('收執聯', 'Receipt');
    for (const text of receiptLines(done)) line(`    ${text}`);
    const once = expect('同一張卡再讀一次', await program.readCard());
    if (once !== undefined) {
      const more = await program.offer(once.shown, holder);
      expect('以一次為限', more, 'RENEWAL_ALREADY_USED');
    }

    step('展期之後', 'Afterwards');
    line(`  ${moicaRenewal.texts['renewal.after.text']?.zh}`);
    const { previous, next, person } = done;
    if (next === null) return { holds: false, receipt: done };
    const onRecord = {
      agencyCode: 'DM001',
      holder: 'clerk' as const,
      clerk: done.id,
      person,
      certificate: { ...previous, knownFrom: previous.notBefore },
    };
    const [todo] = afterRenewal(done, [{ policy: gepiPolicy, holders: [onRecord] }]);
    const lockouts = todo?.lockouts ?? [];
    for (const { cause, remedy, mending } of lockouts) {
      line(
        `  公保經辦人: ${cause},${remedy};${mending?.operations.map(({ purpose }) => purpose).join('、')}`,
      );
    }
    holds &&= lockouts.length === 1 && previous.card === next.card && previous.serial !== next.serial;
    line(
      `\n${holds ? '一切如故事所述。 Everything came as the story says.' : '有些不如故事所述。 Something did not.'}`,
    );
    return { holds, receipt: done };
  } finally {
    await desk.close();
    await ca.close();
    rmSync(folder, { recursive: true, force: true });
  }
};
