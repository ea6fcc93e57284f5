import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { ecpaPolicy, registerError } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createTeller } from '../src/story/tell.js';

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const run = (...args: ReadonlyArray<string>): Promise<Ended> =>
  new Promise((resolve, reject) => {
    const options = ['--conditions=mandate-source', '--import', import.meta.resolve('tsx')];
    const child = spawn(process.execPath, [...options, main, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });

/** What a story printed: it ended well, and these lines stand in it in this order. */
const told = async (name: string, lines: ReadonlyArray<RegExp>): Promise<void> => {
  const { code, stderr, stdout } = await run(name);
  assert.is(stderr, '');
  assert.is(code, 0, stdout);
  assert.not.match(stdout, '‼');
  // None of these portals has one, so nobody is sent to one.
  assert.not.match(stdout, '授權管理者');
  let from = 0;
  for (const line of lines) {
    const found = stdout.slice(from).search(line);
    assert.ok(found >= 0, `${line} after character ${from} of\n${stdout}`);
    from += found + 1;
  }
};

const audited = [
  /■ 稽核/,
  /答案不同者.*\n {6}0\n/,
  /\d+ 筆事件之雜湊鏈.*\n {6}完整 intact/,
  /HashMismatch at agency-/,
  /缺漏或不符 0 份/,
  /一切如故事所述/,
];

const test = suite('one story a portal, in the terminal');

test('NHI-1…19, NHI-22…24: a clinic, from its owner’s health card to a certificate, and through a closed day', () =>
  told('nhi', [
    /■ 單位註冊/,
    /NOT_THE_RESPONSIBLE/,
    /■ 單位管理者登錄作業/,
    /NOT_AUTHORIZED/,
    /REGISTERED_CARD_UNKNOWN/,
    /PERMISSION_NOT_GRANTED/,
    /■ 承辦人員換新的自然人憑證/,
    /CREDENTIAL_REPLACED/,
    /ClerkRevoked/,
    /錯誤代碼3003表示憑證元件需更新,並非新憑證有問題/,
    /✓ 更新元件、重新啟動後,同一張卡登入/,
    /■ 改用工商憑證/,
    /ROOT_KIND_FIXED/,
    /AgencyDeregistered/,
    /■ 單位憑證變更作業/,
    /CONFIRMATION_INCOMPLETE/,
    /主體 示範診所有限公司/,
    /憑證更新成功/,
    /■ 暫時關閉/,
    /請洽詢承辦人/,
    /✗ 當天仍不能登入/,
    /■ 隔天[^■]*✓ 陳護理登入/,
    /■ 單位資料查詢及變更/,
    /ATTACHMENT_REQUIRED/,
    /■ 三十分鐘後[^■]*12345678A/,
    /■ 稽核[^■]*03月03日 00:00 起生效 {2}AgencyReopened/,
    ...audited.slice(1),
  ]));

test('ECPA-1…8: an officer binds the certificate, and several people are granted without a card', () =>
  told('ecpa', [
    /欲上傳機關憑證之人員已有 eCPA 之帳號與密碼/,
    /ACCOUNT_ROLE_MISSING/,
    /■ 機關憑證認證作業/,
    /CONFIRMATION_INCOMPLETE/,
    /AgencyRegistered \+ OfficerBound/,
    /請重新登入 eCPA/,
    /■ 重新登入/,
    /CONFIRMATION_OTHER_PURPOSE/,
    /■ 應用系統授權設定/,
    /F131104093 錢同仁 staff-0002/,
    /PERMISSION_IS_GROUP/,
    /全部不授權.*\n {6}ACCOUNT_UNKNOWN/,
    /ClerkAuthorized \+ ClerkAuthorized/,
    /ClerkRevoked/,
    /CertificateReplaced/,
    ...audited,
  ]));

test('DOC-1…12: an officer’s cards, of which one is active, and what the registry desk may', () =>
  told('doc', [
    /本作業開放給承辦人新增、登記桌新增及修改/,
    /ACCOUNT_ROLE_MISSING/,
    /■ 新增/,
    /系統自動讀取/,
    /from REQUIRED, to REQUIRED/,
    /CredentialRegistered \+ CredentialActivated/,
    /1 P0230 許承辦 電子識別證 [0-9A-F]{32} [0-9A-F]{32} 啟用 正式卡/,
    /登打 35 位.*\n {6}serials\.serial1 CERTIFICATE_SERIAL_LENGTH/,
    /CREDENTIAL_ALREADY_REGISTERED/,
    /其他憑證將自動變更為不啟用/,
    /CredentialRegistered \+ CredentialDeactivated \+ CredentialActivated/,
    /1 P0230 .* 不啟用 正式卡\n.*2 P0230 .* 不啟用 正式卡\n.*3 P0230 .* 啟用 正式卡/,
    /CREDENTIAL_OF_OTHER_PERSON/,
    /孫同仁 .* 啟用 臨時卡/,
    ...audited,
  ]));

test('a name that is no story is told which there are', async () => {
  const { code, stderr, stdout } = await run('nobody');
  assert.equal([code, stderr, stdout], [2, 'nhi | ecpa | doc\n', '']);
});

test.run();

const teller = suite('a story that does not come as it must');

const refused = E.left(registerError('NOT_AUTHORIZED'));
const wrong: Readonly<Record<string, (teller: ReturnType<typeof createTeller>) => Promise<unknown>>> = {
  'a refusal by another code': ({ refused: refuse }) =>
    refuse('一', 'one', Promise.resolve(refused), 'REJECTED'),
  'something done that had to be refused': ({ refused: refuse }) =>
    refuse('一', 'one', Promise.resolve(E.right('done')), 'NOT_AUTHORIZED'),
  'another answer': ({ asked }) => asked('一', 'one', 'no', 'yes'),
  'events that are not those': ({ done }) =>
    done('一', 'one', Promise.resolve(E.right({ events: [{ type: 'B' }] })), 'A'),
  'something refused that had to be done': ({ done }) =>
    done('一', 'one', Promise.resolve(refused)).catch((error: Error) =>
      assert.match(error.message, 'ends here'),
    ),
  'words that the pack has not': async ({ says }) => says('no.such.words'),
};

for (const [name, tell] of Object.entries(wrong)) {
  teller(`${name} is marked, and the story does not hold`, async () => {
    const lines: string[] = [];
    const told = createTeller(
      ecpaPolicy,
      () => 0,
      (line = '') => lines.push(line),
    );
    assert.ok(told.holds());
    await tell(told);
    assert.not.ok(told.holds());
    assert.match(lines.join('\n'), '‼');
  });
}

teller.run();
