import { singleUsePin } from '@mandate/domain';
import fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type HipkiSignRequest, hipkiClient } from '../../src/hipki/index.js';
import { toBase64 } from '../../src/hipki/json.js';
import { right } from '../support.js';
import { fakePage } from './fake-host.js';

/** Ready, and asks for the PIN itself. */
const ready = { data: '{"func":"getTbs","asksPin":true}' };
/** As the vendor's component says it. */
const vendorReady = { data: '{"func":"getTbs"}' };
const der = Uint8Array.of(0x30, 3, 2, 1, 5);
const signed = { func: 'sign', ret_code: 0, last_error: 0, signature: toBase64(der), cardSN: 'TP1' };
const answer = (more: object = {}) => ({ data: JSON.stringify({ ...signed, ...more }) });
const request = { challenge: '{"nonce":"n"}' };

const kindOf = async (outcome: Promise<E.Either<{ readonly kind: string }, unknown>>): Promise<string> => {
  const known = await outcome;
  if (E.isRight(known)) throw new Error('no fault');
  return known.left.kind;
};

const client = suite('the client of a page');

client('the window opens while sign is called, before any await', () => {
  const page = fakePage();
  void hipkiClient({ host: page }).sign(request);
  assert.equal(page.opened, ['http://localhost:61161/popupForm']);
});

client('the package goes to the component’s origin alone, once it is ready', async () => {
  const page = fakePage();
  const outcome = hipkiClient({ host: page }).sign({ ...request, nonce: 'n' });
  assert.is(page.popup.sent.length, 0);
  page.say(ready);
  const [[text = '', target] = []] = page.popup.sent;
  assert.is(target, 'http://localhost:61161');
  const { tbs, tbsEncoding, signatureType, hashAlgorithm, nonce, pin } = JSON.parse(text);
  assert.is(tbs, toBase64(new TextEncoder().encode(request.challenge)));
  assert.equal([tbsEncoding, signatureType, hashAlgorithm], ['base64', 'PKCS7', 'SHA256']);
  assert.equal([nonce, pin], ['n', undefined]);
  page.say(answer());
  assert.equal(right(await outcome), { cms: der, cmsBase64: toBase64(der) });
});

client(
  'without a PIN, a component that does not ask for it is sent nothing: a card might count it',
  async () => {
    for (const challenge of [request.challenge, Promise.resolve(request.challenge)]) {
      const page = fakePage();
      const outcome = hipkiClient({ host: page }).sign({ challenge });
      page.say(vendorReady);
      assert.is(await kindOf(outcome), 'pin-missing');
      assert.equal([page.popup.sent.length, page.popup.closed, page.timers()], [0, true, 0]);
    }
    const page = fakePage();
    void hipkiClient({ host: page }).sign({ ...request, pin: singleUsePin('246810') });
    page.say(vendorReady);
    assert.is(JSON.parse(page.popup.sent[0]?.[0] ?? '').pin, '246810');
  },
);

client('GEPI-17: a PIN that is empty, used up or none that a card takes is not sent', async () => {
  const usedUp = () => {
    const pin = singleUsePin('246810');
    pin.consume();
    return pin;
  };
  const pins = [
    ['pin-missing', () => singleUsePin('')],
    ['pin-missing', usedUp],
    ['pin-format', () => singleUsePin('123')],
    ['pin-format', () => singleUsePin('123456789')],
    ['pin-format', () => singleUsePin('１２３４５６')],
    ['pin-format', () => singleUsePin('123 456')],
    ['pin-format', () => singleUsePin('123456\n')],
    ['pin-format', () => ({ consume: () => 123456 as unknown as string })],
  ] as const;
  const whenThere = (text: string) => Promise.resolve(text);
  const atOnce = (text: string) => text;
  for (const given of [atOnce, whenThere]) {
    for (const [kind, make] of pins) {
      const page = fakePage();
      const challenge = given(request.challenge);
      const outcome = hipkiClient({ host: page }).sign({ challenge, pin: make() });
      page.say(vendorReady);
      assert.is(await kindOf(outcome), kind);
      assert.equal([page.popup.sent.length, page.popup.closed, page.timers()], [0, true, 0]);
    }
  }
});

client('GEPI-17: a component that asks for the PIN itself is not sent one, and it stays unused', async () => {
  for (const challenge of [request.challenge, Promise.resolve(request.challenge)]) {
    const page = fakePage();
    const pin = singleUsePin('246810');
    const outcome = hipkiClient({ host: page }).sign({ challenge, pin });
    page.say(ready);
    await Promise.resolve(challenge);
    await Promise.resolve();
    assert.is(page.popup.sent.length, 1);
    assert.is('pin' in JSON.parse(page.popup.sent[0]?.[0] ?? ''), false);
    page.say(answer());
    right(await outcome);
    assert.is(pin.consume(), '246810');
  }
});

client('what a page calls its purpose goes to a component that shows it, and to no other', () => {
  const purpose = { zh: '首次註冊', en: 'First registration' };
  for (const [component, named] of [
    [ready, purpose],
    [vendorReady, undefined],
  ] as const) {
    const page = fakePage();
    void hipkiClient({ host: page }).sign({ ...request, purpose, pin: singleUsePin('246810') });
    page.say(component);
    assert.equal(JSON.parse(page.popup.sent[0]?.[0] ?? '').purposeName, named);
  }
});

client(
  'a challenge that is still on its way opens the window at once and is sent when it is there',
  async () => {
    const page = fakePage();
    let arrive = (_: string): void => {};
    const challenge = new Promise<string>((resolve) => {
      arrive = resolve;
    });
    const outcome = hipkiClient({ host: page }).sign({ challenge });
    assert.is(page.opened.length, 1);
    page.say(ready);
    // An answer before the question is none of ours.
    page.say(answer());
    assert.is(page.popup.sent.length, 0);
    arrive(request.challenge);
    await challenge;
    await Promise.resolve();
    const [[text = ''] = []] = page.popup.sent;
    assert.is(JSON.parse(text).tbs, toBase64(new TextEncoder().encode(request.challenge)));
    page.say(answer());
    assert.equal(right(await outcome), { cms: der, cmsBase64: toBase64(der) });
    assert.equal([page.listeners(), page.timers(), page.popup.closed], [0, 0, true]);
  },
);

client('a challenge that does not come closes the window, and the PIN goes nowhere', async () => {
  for (const challenge of [Promise.resolve(undefined), Promise.reject(new Error('no answer'))]) {
    const page = fakePage();
    const pin = singleUsePin('246810');
    const outcome = hipkiClient({ host: page }).sign({ challenge, pin });
    page.say(ready);
    assert.ok(['cancelled', 'bad-request'].includes(await kindOf(outcome)));
    assert.equal([page.popup.sent.length, page.popup.closed, page.timers()], [0, true, 0]);
    assert.is(pin.consume(), '246810');
  }
});

client('a challenge that comes after the window was closed is sent to nobody', async () => {
  const page = fakePage();
  let arrive = (_: string): void => {};
  const challenge = new Promise<string>((resolve) => {
    arrive = resolve;
  });
  const outcome = hipkiClient({ host: page }).sign({ challenge });
  page.say(ready);
  page.popup.closed = true;
  page.pass(1_000);
  assert.is(await kindOf(outcome), 'cancelled');
  arrive(request.challenge);
  await challenge;
  await Promise.resolve();
  assert.is(page.popup.sent.length, 0);
});

client('when it is over, nothing listens, no clock runs and the window is closed', async () => {
  const page = fakePage();
  const outcome = hipkiClient({ host: page }).sign(request);
  page.say(ready);
  page.say(answer());
  await outcome;
  assert.equal([page.listeners(), page.timers(), page.popup.closed], [0, 0, true]);
});

client('what cannot be asked is told at once, and no window stays open', async () => {
  const throws = () => {
    throw new Error('gone');
  };
  const requests: ReadonlyArray<readonly [said: typeof ready, request: unknown]> = [
    [ready, {}],
    [ready, { challenge: 7 }],
    [ready, { challenge: null }],
    [vendorReady, { challenge: request.challenge, pin: { consume: throws } }],
    [ready, { challenge: request.challenge, nonce: 7n }],
  ];
  for (const [said, bad] of requests) {
    const page = fakePage();
    const outcome = hipkiClient({ host: page }).sign(bad as HipkiSignRequest);
    page.say(said);
    assert.is(await kindOf(outcome), 'bad-request');
    assert.equal(
      [page.popup.sent.length, page.listeners(), page.timers(), page.popup.closed],
      [0, 0, 0, true],
    );
  }
});

client('a browser that throws where it should open or post is told, and nothing rejects', async () => {
  const throws = (): never => {
    throw new Error('SecurityError');
  };
  assert.is(
    await kindOf(hipkiClient({ host: { ...fakePage(), open: throws } }).sign(request)),
    'popup-blocked',
  );
  const page = fakePage();
  Object.assign(page.popup, { postMessage: throws });
  const outcome = hipkiClient({ host: page }).sign(request);
  page.say(ready);
  assert.is(await kindOf(outcome), 'bad-request');
  // No page at all: a program that is no browser.
  assert.is(await kindOf(hipkiClient().sign(request)), 'popup-blocked');
});

client('a PIN is sent once, though the window asks again', async () => {
  const page = fakePage();
  const pin = singleUsePin('246810');
  const outcome = hipkiClient({ host: page }).sign({ ...request, pin });
  page.say(vendorReady);
  page.say(vendorReady);
  assert.is(page.popup.sent.length, 1);
  assert.match(page.popup.sent[0]?.[0] ?? '', '"pin":"246810"');
  assert.is(pin.consume(), undefined);
  page.say(answer());
  await outcome;
});

client('a PIN stays unused where nothing was ready to take it', async () => {
  const page = fakePage({ blocks: true });
  const pin = singleUsePin('246810');
  assert.is(await kindOf(hipkiClient({ host: page }).sign({ ...request, pin })), 'popup-blocked');
  assert.is(pin.consume(), '246810');
});

client('messages of another origin or another window are as if they had not come', async () => {
  const page = fakePage();
  const outcome = hipkiClient({ host: page }).sign(request);
  const strangers = [
    { origin: 'https://localhost:61161' },
    { origin: 'http://localhost:61162' },
    { origin: 'http://localhost:61161.example' },
    { origin: 'null' },
    { source: {} },
    { source: null },
  ];
  for (const stranger of strangers) page.say({ ...ready, ...stranger });
  assert.is(page.popup.sent.length, 0);
  page.say(ready);
  for (const stranger of strangers) page.say({ ...answer({ ret_code: 0x76000999 }), ...stranger });
  page.say(answer());
  right(await outcome);
});

client('an answer that is too long is not looked at', async () => {
  for (const [octets, kind] of [
    [700_000, undefined],
    [800_000, 'bad-answer'],
  ] as const) {
    const page = fakePage();
    const outcome = hipkiClient({ host: page }).sign(request);
    page.say(ready);
    page.say(answer({ signature: toBase64(Uint8Array.from([...der, ...new Uint8Array(octets)])) }));
    const known = await outcome;
    assert.is(E.isLeft(known) ? known.left.kind : undefined, kind);
  }
});

client('what is no text is no message, and an answer before the question none of ours', async () => {
  const page = fakePage();
  const outcome = hipkiClient({ host: page }).sign(request);
  page.say({ data: { func: 'getTbs' } });
  page.say(answer({ signature: toBase64(Uint8Array.of(0x30, 3, 2, 1, 9)) }));
  assert.is(page.popup.sent.length, 0);
  page.say(ready);
  page.say({ data: signed });
  page.say(answer());
  assert.equal(right(await outcome).cms, der);
});

client('nothing answers: not installed', async () => {
  const page = fakePage();
  const outcome = hipkiClient({ host: page }).sign(request);
  page.pass(4_999);
  assert.is(page.listeners(), 1);
  page.pass(1);
  assert.is(await kindOf(outcome), 'not-installed');
});

client('the window is closed before anything answered: not installed', async () => {
  const page = fakePage();
  const outcome = hipkiClient({ host: page }).sign(request);
  page.popup.closed = true;
  page.pass(600);
  assert.is(await kindOf(outcome), 'not-installed');
});

client('the person closes the window: cancelled', async () => {
  const page = fakePage();
  const outcome = hipkiClient({ host: page }).sign(request);
  page.say(ready);
  page.popup.closed = true;
  page.pass(600);
  assert.is(await kindOf(outcome), 'cancelled');
});

client('an answer that was posted as the window closed still counts', async () => {
  const page = fakePage();
  const outcome = hipkiClient({ host: page }).sign(request);
  page.say(ready);
  page.popup.closed = true;
  page.pass(260);
  page.say(answer());
  right(await outcome);
});

client('the person takes too long: timed out', async () => {
  const page = fakePage();
  const outcome = hipkiClient({ host: page, answerMilliseconds: 1_000 }).sign(request);
  page.say(ready);
  page.pass(1_000);
  assert.is(await kindOf(outcome), 'timed-out');
});

for (const [codes, kind] of [
  [{ ret_code: 0x76000031 }, 'untrusted-site'],
  [{ ret_code: 0x76100003 }, 'no-reader'],
  [{ ret_code: 0x76000006 }, 'no-card'],
  [{ ret_code: 0x76100006, last_error: -2147483646 }, 'pin-wrong'],
  [{ ret_code: 0x76100006, last_error: 0xa4 }, 'pin-locked'],
  [{ ret_code: 0x76000999 }, 'cancelled'],
  [{ ret_code: 0x76500002 }, 'certificate-expired'],
  [{ ret_code: 0x76500001 }, 'certificate-not-yet-valid'],
  [{ ret_code: 0x83000102 - 2 ** 32 }, 'wrong-card'],
] as const) {
  client(`told apart: ${kind}`, async () => {
    const page = fakePage();
    const outcome = hipkiClient({ host: page }).sign(request);
    page.say(ready);
    page.say(answer(codes));
    assert.is(await kindOf(outcome), kind);
  });
}

client('whose card was locked is heard from a component that says so, and from no other word', async () => {
  for (const [said, known] of [
    ['citizen', 'citizen'],
    ['agency', 'agency'],
    ['__proto__', undefined],
    [7, undefined],
    [undefined, undefined],
  ] as const) {
    const page = fakePage();
    const outcome = hipkiClient({ host: page }).sign(request);
    page.say(ready);
    page.say(answer({ ret_code: 0x76100006, last_error: 0xa4, cardKind: said }));
    const told = await outcome;
    assert.ok(E.isLeft(told));
    assert.equal([told.left.kind, told.left.cardKind], ['pin-locked', known]);
  }
});

client('another card than the one that is meant', async () => {
  const page = fakePage();
  const outcome = hipkiClient({ host: page }).sign({ ...request, cardNumber: 'TP2' });
  page.say(ready);
  page.say(answer());
  assert.is(await kindOf(outcome), 'wrong-card');
});

client('a component that is too old, and one that does not say how old it is', async () => {
  for (const serverVersion of ['1.3.4.9', undefined]) {
    const page = fakePage();
    const outcome = hipkiClient({ host: page, minimumVersion: '1.3.4.13' }).info();
    page.say(ready);
    page.say({ data: JSON.stringify({ ret_code: 0, last_error: 0, slots: [], serverVersion }) });
    assert.is(await kindOf(outcome), 'too-old');
  }
});

client('a component whose address is no origin is never opened', async () => {
  for (const component of ['*', 'localhost:61161', 'http://localhost:61161/', 'javascript:1', 'http://a@b']) {
    const page = fakePage();
    assert.is(await kindOf(hipkiClient({ host: page, component }).sign(request)), 'bad-request');
    assert.is(page.opened.length, 0);
  }
});

client('any text that the component answers is an outcome', async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.string(), fc.json()), async (data) => {
      const page = fakePage();
      const outcome = hipkiClient({ host: page }).sign(request);
      page.say(ready);
      page.say({ data });
      page.pass(180_000);
      assert.ok(E.isLeft(await outcome));
    }),
  );
});

client.run();
