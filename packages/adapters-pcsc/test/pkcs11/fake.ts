/** A PKCS#11 module in memory, with one card; every call is written down, and each can be made to answer otherwise. */
import { constants, createPrivateKey, createPublicKey, createSign, privateEncrypt } from 'node:crypto';
import type { TestCard } from '@mandate/certificates/test-pki';
import * as E from 'fp-ts/lib/Either.js';

import { answerer } from '../../src/pkcs11/commands.js';
import { attributes, mechanisms, objectClasses, tokenFlags } from '../../src/pkcs11/constants.js';
import type { Cryptoki, Handle, RawTokenInfo, Returned } from '../../src/pkcs11/cryptoki.js';
import type { Ask, ModuleHost } from '../../src/pkcs11/host.js';
import { hex } from './softhsm.js';

export interface FakeObject {
  readonly class: number;
  readonly id: string;
  readonly values: ReadonlyMap<number, Uint8Array>;
}

export interface FakeCard {
  readonly info: RawTokenInfo;
  readonly objects: ReadonlyArray<FakeObject>;
  readonly pin: string;
  readonly privateKey: string;
  readonly mechanisms: ReadonlyArray<number>;
}

const text = (value: string): Uint8Array => new TextEncoder().encode(value);

export const certificateObject = (id: string, der: Uint8Array, label = 'cert1'): FakeObject => ({
  class: objectClasses.certificate,
  id,
  values: new Map([
    [attributes.id, Buffer.from(id, 'hex')],
    [attributes.label, text(label)],
    [attributes.value, der],
  ]),
});

export const keyObject = (id: string, privateKey: string, always = false): FakeObject => {
  const key = createPrivateKey({ key: Buffer.from(privateKey, 'hex'), format: 'der', type: 'pkcs8' });
  const { n = '' } = createPublicKey(key).export({ format: 'jwk' });
  return {
    class: objectClasses.privateKey,
    id,
    values: new Map([
      [attributes.id, Buffer.from(id, 'hex')],
      [attributes.modulus, Buffer.from(n, 'base64url')],
      [attributes.alwaysAuthenticate, Uint8Array.of(always ? 1 : 0)],
    ]),
  };
};

export const hicosInfo: RawTokenInfo = {
  label: 'HiCOS PKI Smart Card            ',
  manufacturer: 'Chunghwa TeleCom Co., Ltd.      ',
  model: 'T7S             ',
  serial: 'TP07240513100001',
  flags: tokenFlags.tokenInitialized | tokenFlags.loginRequired,
  minPinLength: 4,
  maxPinLength: 255,
};

/** A card of the test PKI as HiCOS shows it. */
export const hicosCard = (card: TestCard, changes: Partial<FakeCard> = {}): FakeCard => {
  const { privateKey } = card.save().key;
  return {
    info: hicosInfo,
    objects: [
      certificateObject(hex('KEYX'), card.encryptionCertificate, 'cert2'),
      certificateObject(hex('SIGN'), card.certificate),
      keyObject(hex('SIGN'), privateKey),
    ],
    pin: '135790',
    privateKey,
    mechanisms: [mechanisms.rsaPkcs, mechanisms.sha256RsaPkcs],
    ...changes,
  };
};

const ok: Returned<void> = E.right(undefined);

export interface FakeModule {
  readonly cryptoki: Cryptoki;
  /** Names of the calls in their order. */
  readonly calls: ReadonlyArray<keyof Cryptoki>;
  /** Sessions that were opened and not closed. */
  readonly openSessions: () => number;
  readonly loggedIn: () => boolean;
  /** What the card becomes: another one, or none. */
  readonly put: (card: FakeCard | undefined) => void;
  /** Wrong PINs so far. */
  readonly setTries: (left: number) => void;
  readonly leaveLoggedIn: () => void;
}

/** Answers in place of a call, given what would be answered; `undefined` for no change. */
export type Interference = (
  call: keyof Cryptoki,
  time: number,
) => Returned<never> | { readonly answer: unknown } | undefined;

const pinFlags = (left: number): number => {
  if (left === 0) return tokenFlags.pinLocked;
  if (left === 1) return tokenFlags.pinFinalTry | tokenFlags.pinCountLow;
  return left === 2 ? tokenFlags.pinCountLow : 0;
};

const signatureOf = (privateKey: string, mechanism: number, data: Uint8Array): Uint8Array => {
  const key = createPrivateKey({ key: Buffer.from(privateKey, 'hex'), format: 'der', type: 'pkcs8' });
  return mechanism === mechanisms.sha256RsaPkcs
    ? createSign('sha256').update(data).sign(key)
    : privateEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, data);
};

export const fakeModule = (inserted: FakeCard, interfere: Interference = () => undefined): FakeModule => {
  const calls: Array<keyof Cryptoki> = [];
  const sessions = new Set<number>();
  let card: FakeCard | undefined = inserted;
  let tries = 3;
  let user = false;
  let count = 0;
  let operation: number | undefined;

  const number = (handle: Handle): number => handle[0] ?? 0;
  const present = <A>(use: (card: FakeCard) => Returned<A>): Returned<A> =>
    card === undefined ? E.left(0xe0) : use(card);
  const inSession = <A>(session: Handle, use: (card: FakeCard) => Returned<A>): Returned<A> => {
    if (!sessions.has(number(session))) return E.left(0xb3);
    return card === undefined ? E.left(0x32) : use(card);
  };
  const visible = (all: ReadonlyArray<FakeObject>) =>
    all.filter((one) => one.class === objectClasses.certificate || user);

  const login = (pin: string, held: FakeCard): Returned<void> => {
    if (tries === 0) return E.left(0xa4);
    if (pin === held.pin) {
      tries = 3;
      user = true;
      return ok;
    }
    tries -= 1;
    return E.left(tries === 0 ? 0xa4 : 0xa0);
  };

  const honest: Cryptoki = {
    initialize: () => ok,
    finalize: () => {
      sessions.clear();
      user = false;
      return ok;
    },
    // The card is in the second of two readers.
    slots: () => E.right([Uint8Array.of(0), Uint8Array.of(1)]),
    slotDescription: (slot) => E.right(`Reader ${number(slot)}      `),
    tokenInfo: (slot) =>
      present(({ info }) =>
        number(slot) === 1
          ? E.right({ ...info, flags: info.flags | pinFlags(tries) })
          : (E.left(0xe0) as Returned<RawTokenInfo>),
      ),
    mechanisms: () => present((held) => E.right(held.mechanisms)),
    openSession: () =>
      present(() => {
        count += 1;
        sessions.add(count);
        return E.right(Uint8Array.of(count));
      }),
    closeSession: (session) => {
      sessions.delete(number(session));
      operation = undefined;
      if (sessions.size === 0) user = false;
      return ok;
    },
    login: (session, userType, pin) =>
      inSession(session, (held) => (userType === 1 && user ? E.left(0x100) : login(pin, held))),
    logout: (session) =>
      inSession(session, () => {
        user = false;
        return ok;
      }),
    find: (session, [wanted], limit) =>
      inSession(session, ({ objects }) =>
        E.right(
          objects
            .map((object, index) => ({ object, handle: Uint8Array.of(index) }))
            .filter(({ object }) => object.class === wanted?.[1] && visible(objects).includes(object))
            .slice(0, limit)
            .map(({ handle }) => handle),
        ),
      ),
    attribute: (session, object, type) =>
      inSession(session, ({ objects }) => {
        const value = objects[number(object)]?.values.get(type);
        return value === undefined ? E.left(0x12) : E.right(value);
      }),
    signInit: (session, mechanism) =>
      inSession(session, (held) => {
        if (operation !== undefined) return E.left(0x90);
        if (!user) return E.left(0x101);
        if (!held.mechanisms.includes(mechanism)) return E.left(0x70);
        operation = mechanism;
        return ok;
      }),
    sign: (session, data, capacity) =>
      inSession(session, (held) => {
        if (operation === undefined) return E.left(0x91);
        if (capacity < 256) return E.left(0x150);
        const made = signatureOf(held.privateKey, operation, data);
        operation = undefined;
        return E.right(made);
      }),
  };

  const times = new Map<string, number>();
  const watched = <Name extends keyof Cryptoki>(name: Name): Cryptoki[Name] => {
    const call = honest[name] as (...values: ReadonlyArray<unknown>) => unknown;
    const instead = (...values: ReadonlyArray<unknown>): unknown => {
      const time = (times.get(name) ?? 0) + 1;
      times.set(name, time);
      calls.push(name);
      const other = interfere(name, time);
      if (other === undefined) return call(...values);
      return 'answer' in other ? E.right(other.answer) : other;
    };
    return instead as Cryptoki[Name];
  };

  return {
    cryptoki: {
      initialize: watched('initialize'),
      finalize: watched('finalize'),
      slots: watched('slots'),
      slotDescription: watched('slotDescription'),
      tokenInfo: watched('tokenInfo'),
      mechanisms: watched('mechanisms'),
      openSession: watched('openSession'),
      closeSession: watched('closeSession'),
      login: watched('login'),
      logout: watched('logout'),
      find: watched('find'),
      attribute: watched('attribute'),
      signInit: watched('signInit'),
      sign: watched('sign'),
    },
    calls,
    openSessions: () => sessions.size,
    loggedIn: () => user,
    put: (next) => {
      card = next;
      sessions.clear();
      user = false;
      operation = undefined;
    },
    setTries: (left) => {
      tries = left;
    },
    leaveLoggedIn: () => {
      user = true;
    },
  };
};

/** The commands answered in this process: what a module makes of them is the same. */
export const fakeHost = (cryptoki: Cryptoki): ModuleHost => {
  const answers = answerer(cryptoki);
  const ask: Ask = async (name, input) => {
    const command = answers[name] as (input: unknown) => Awaited<ReturnType<Ask>>;
    return command(input) as Awaited<ReturnType<typeof ask<typeof name>>>;
  };
  return {
    use: async (work, afterwards) => {
      const opened = answers.open(undefined);
      if (E.isLeft(opened)) return opened;
      const result = await work({ ask, pause: () => Promise.resolve() });
      answers.close(undefined);
      await afterwards();
      return result;
    },
    close: () => Promise.resolve(),
  };
};
