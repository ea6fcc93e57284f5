import { type CardFault, cardFault, cardFaultText } from '@mandate/domain';
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  type CardKind,
  faultOfCodes,
  type HipkiFault,
  type HipkiFaultKind,
  hipkiFault,
  hipkiFaultText,
  lastErrors,
  meaningOf,
  retCodes,
  signed32,
  unsigned32,
} from '../../src/hipki/index.js';
import { isOlder } from '../../src/hipki/version.js';

const codes = suite('codes of the component');

const classes: ReadonlyArray<readonly [retCode: number, lastError: number, kind: HipkiFaultKind]> = [
  [0x76000031, 0, 'untrusted-site'],
  [0x7600000f, 0, 'untrusted-site'],
  [0x76100003, 0, 'no-reader'],
  [0x76100004, 0, 'reader-unknown'],
  [0x76000006, 0, 'no-card'],
  [0x76000999, 0, 'cancelled'],
  [0x76000998, 0, 'pin-missing'],
  [0x76100006, 0xa0, 'pin-wrong'],
  [0x76100006, 0xa2, 'pin-format'],
  [0x76100006, 0xa4, 'pin-locked'],
  [0x76100006, 0x150, 'component'],
  [0x76500001, 0, 'certificate-not-yet-valid'],
  [0x76500002, 0, 'certificate-expired'],
  [0x83000102, 0, 'wrong-card'],
  [0x83000100, 0, 'card-unknown'],
  [0x83000105, 0, 'pin-format'],
  [0xe0000012, 0, 'cancelled'],
  [0xe0000013, 0, 'wrong-card'],
  [0xe0000006, 0, 'wrong-card'],
  [0xe000000c, 0, 'bad-request'],
  [0xe000000a, 0, 'component'],
  [1979711501, 0, 'timed-out'],
  [1979711502, 0, 'unsupported'],
  [0x12345678, 0, 'component'],
];

for (const [retCode, lastError, kind] of classes) {
  codes(`X-5: 0x${retCode.toString(16)} with 0x${lastError.toString(16)} is ${kind}`, () => {
    assert.is(faultOfCodes(retCode, lastError)?.kind, kind);
  });
}

codes('X-5: tries left come as the negative numbers that components write', () => {
  assert.is(signed32(lastErrors.oneTryLeft), -2147483647);
  assert.is(signed32(lastErrors.twoTriesLeft), -2147483646);
  assert.is(faultOfCodes(retCodes.loginFailed, -2147483647)?.triesLeft, 1);
  assert.is(faultOfCodes(retCodes.loginFailed, -2147483646)?.triesLeft, 2);
});

codes('a code in its signed form is the same code', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.nat(), (code, last) => {
      assert.equal(faultOfCodes(signed32(code), last), faultOfCodes(code, last));
      assert.is(unsigned32(signed32(code)), code);
    }),
  );
});

codes('only 0 is success', () => {
  assert.is(faultOfCodes(0, 0), undefined);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 32 - 1 }), (code) => faultOfCodes(code) !== undefined),
  );
});

codes('what is no number of 32 bits is no code', () => {
  for (const value of ['0', null, undefined, 0.5, Number.NaN, 2 ** 32, -(2 ** 31) - 1, {}]) {
    assert.is(unsigned32(value), undefined);
  }
});

codes('every code that has a name has a meaning', () => {
  for (const [name, code] of Object.entries(retCodes)) {
    if (name !== 'ok') assert.type(meaningOf(code), 'string', name);
  }
  assert.is(meaningOf(0x12345678), undefined);
});

codes.run();

const texts = suite('what a person is told');

const kinds: ReadonlyArray<HipkiFaultKind> = [
  ...new Set([
    ...classes.map(([, , kind]) => kind),
    ...(['not-installed', 'popup-blocked', 'too-old', 'busy', 'bad-request', 'bad-answer'] as const),
  ]),
];

texts('each class has its own words in both languages', () => {
  const said = kinds.map((kind) => hipkiFaultText(hipkiFault(kind)));
  assert.is(new Set(said.map(({ zh }) => zh)).size, kinds.length);
  assert.is(new Set(said.map(({ en }) => en)).size, kinds.length);
  for (const { zh, en } of said) {
    assert.match(zh, /\p{Script=Han}/u);
    assert.match(en, /^[A-Z][\x20-\x7e’]+$/);
  }
});

texts('GEPI-17, GEPI-19, NHI-20, NHI-21: wrong PINs and locks are told in the words of the domain', () => {
  const same = (fault: HipkiFault, card: CardFault, kind: CardKind): void => {
    const { zh, en } = cardFaultText(card, { kind });
    assert.equal(hipkiFaultText(fault, kind), { zh, en });
  };
  for (const kind of ['citizen', 'agency'] as const) {
    same(hipkiFault('pin-locked'), cardFault('PIN_LOCKED'), kind);
    for (const triesLeft of [undefined, 0, 1, 2, 3, 9, 10]) {
      const more = triesLeft === undefined ? {} : { triesLeft };
      same(hipkiFault('pin-wrong', more), cardFault('PIN_WRONG', more), kind);
    }
  }
});

texts(
  'GEPI-19, NHI-20: whose card it is decides who unlocks it, the component’s word before the page’s',
  () => {
    const locked = hipkiFault('pin-locked');
    const [citizen, agency] = [hipkiFaultText(locked, 'citizen'), hipkiFaultText(locked, 'agency')];
    assert.match(citizen.zh, '『憑證作業』『鎖卡解碼』或各戶政事務所');
    assert.not.match(agency.zh, '戶政事務所');
    assert.equal(hipkiFaultText({ ...locked, cardKind: 'citizen' }, 'agency'), citizen);
    const unknown = hipkiFaultText(locked);
    for (const place of ['戶政事務所', '發卡之管理中心']) assert.match(unknown.zh, place);
    for (const place of ['household registration office', 'issued it']) assert.match(unknown.en, place);
  },
);

texts('GEPI-17: of a PIN that was not taken it is said that no card saw it only where that is known', () => {
  const own = hipkiFaultText(hipkiFault('pin-format'));
  assert.match(own.zh, '未送至卡片');
  assert.match(own.en, 'not sent to the card');
  for (const [retCode, lastError] of [
    [retCodes.loginFailed, lastErrors.pinLength],
    [0x83000105, 0],
  ] as const) {
    const fault = faultOfCodes(retCode, lastError);
    assert.ok(fault);
    const { zh, en } = hipkiFaultText(fault);
    assert.not.match(zh, '未送至');
    assert.not.match(en, 'not sent');
    assert.not.match(`${zh} ${own.zh}`, '長度不符');
    assert.match(zh, '半形');
  }
});

texts('whom to tell is said in both languages', () => {
  for (const kind of kinds) {
    const { zh, en } = hipkiFaultText(hipkiFault(kind));
    assert.is(en.includes('helpdesk'), zh.includes('服務窗口'), kind);
  }
});

texts('a code that means nothing to a person is told to the helpdesk', () => {
  const fault = faultOfCodes(0x76300004, 0x150);
  assert.ok(fault);
  assert.match(hipkiFaultText(fault).zh, '0x76300004, 0x00000150');
});

texts.run();

const versions = suite('versions of the component');

versions('are compared number by number', () => {
  assert.is(isOlder('1.3.4.9', '1.3.4.13'), true);
  assert.is(isOlder('1.3.4.103321', '1.3.4.13'), false);
  assert.is(isOlder('1.3', '1.3.0.0'), false);
  assert.is(isOlder('1.3', '1.3.0.1'), true);
  assert.is(isOlder('2', '1.99.99'), false);
});

versions('what is no version is older than any', () => {
  for (const text of ['', 'x', '1..2', '1.-1', ' 1', '1e9', '1.'.repeat(9)])
    assert.is(isOlder(text, '0'), true);
});

versions.run();
