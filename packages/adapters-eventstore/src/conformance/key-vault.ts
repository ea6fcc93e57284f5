/**
 * What every key vault must do.
 *
 * @packageDocumentation
 */
import type { KeyVault, PseudonymKind } from '@mandate/domain';
import { ability, type ConformanceCase, ensure, ensureSame, fail, succeed } from './case.js';

// -------------------------------------------------------------------------------------
// harness
// -------------------------------------------------------------------------------------

/** Opens the vault under test; all of them under one and the same secret. */
export interface VaultHarness {
  /** A vault without keys. */
  readonly open: () => Promise<KeyVault>;
  /** Lets go of a vault. */
  readonly close?: (vault: KeyVault) => Promise<void>;
  /** The keys of the vault that was opened last, after it was closed. For durable vaults. */
  readonly reopen?: () => Promise<KeyVault>;
  /** A second vault on the keys of the one opened last, which is still open: as another process is. */
  readonly openAnother?: () => Promise<KeyVault>;
}

/** A case for a key vault. */
export type KeyVaultCase = ConformanceCase<VaultHarness>;

const withVault = (
  name: string,
  run: (vault: KeyVault, harness: VaultHarness) => Promise<void>,
  needs: ReadonlyArray<'reopen' | 'openAnother'> = [],
): KeyVaultCase => ({
  name,
  needs,
  run: async (harness) => {
    const vault = await harness.open();
    try {
      await run(vault, harness);
    } finally {
      await harness.close?.(vault);
    }
  },
});

const seal = (vault: KeyVault, subject: string, aad: string, plain: string): Promise<string> =>
  succeed(vault.seal(subject, aad, plain), 'seal');

const open = (vault: KeyVault, subject: string, aad: string, sealed: string): Promise<string | undefined> =>
  succeed(vault.open(subject, aad, sealed), 'open');

/** Forgets the key that the subject has now. */
const forget = async (vault: KeyVault, subject: string): Promise<boolean> =>
  succeed(vault.forget(subject, (await succeed(vault.keyOf(subject), 'keyOf')) ?? 'none'), 'forget');

/** The key that the subject has now; there must be one. */
const keyInUse = async (vault: KeyVault, subject: string): Promise<string> => {
  const key = await succeed(vault.keyOf(subject), 'keyOf');
  if (key === undefined) throw new Error('a subject with a sealed text has no key');
  return key;
};

const plain = JSON.stringify({ name: '甄範例', text: '𠮷"\\\u0000' });

// -------------------------------------------------------------------------------------
// cases
// -------------------------------------------------------------------------------------

const changed = (text: string, index: number): string => {
  const other = text[index] === 'A' ? 'B' : 'A';
  return text.slice(0, index) + other + text.slice(index + 1);
};

const sealing: ReadonlyArray<KeyVaultCase> = [
  withVault('what is sealed opens again, for its subject and associated data', async (vault) => {
    for (const text of ['', 'a', plain, '授權'.repeat(50_000)]) {
      ensureSame(await open(vault, 's1', 'aad', await seal(vault, 's1', 'aad', text)), text, 'opened text');
    }
  }),

  withVault('a sealed text shows nothing of the plain one, and never is the same twice', async (vault) => {
    const texts = await Promise.all(
      Array.from({ length: 50 }, () => seal(vault, 's1', 'aad', 'secret-name')),
    );
    ensure(new Set(texts).size === 50, 'the same text was sealed the same way twice');
    const readable = [texts[0] ?? '', Buffer.from(texts[0] ?? '', 'base64').toString('latin1')];
    ensure(!readable.some((text) => text.includes('secret-name')), 'the sealed text shows the plain one');
  }),

  withVault('associated data that do not fit are SEALED_TAMPERED', async (vault) => {
    const sealed = await seal(vault, 's1', 'stream/event-1', plain);
    const fault = await fail(vault.open('s1', 'stream/event-2', sealed), 'open with other associated data');
    ensureSame(fault.code, 'SEALED_TAMPERED', 'code');
  }),

  withVault('a text with any one character changed is not opened', async (vault) => {
    const sealed = await seal(vault, 's1', 'aad', plain);
    for (let index = 0; index < sealed.length; index += 1) {
      const answer = await vault.open('s1', 'aad', changed(sealed, index))();
      ensure(
        answer._tag === 'Left' || answer.right === undefined,
        `a text with character ${index} of ${sealed.length} changed was opened`,
      );
    }
    for (const text of ['', '.', 'v1', sealed.slice(0, -1), `${sealed}A`, `${sealed}.`, ` ${sealed}`]) {
      const answer = await vault.open('s1', 'aad', text)();
      ensure(answer._tag === 'Left' || answer.right === undefined, 'a text that was cut or grew was opened');
    }
  }),

  withVault('a changed text of a subject who has a key is SEALED_TAMPERED', async (vault) => {
    const sealed = await seal(vault, 's1', 'aad', plain);
    const fault = await fail(vault.open('s1', 'aad', changed(sealed, sealed.length - 5)), 'open');
    ensureSame(fault.code, 'SEALED_TAMPERED', 'code');
  }),

  withVault('one subject is not opened as another', async (vault) => {
    const sealed = await seal(vault, 's1', 'aad', plain);
    await seal(vault, 's2', 'aad', plain);
    const answer = await vault.open('s2', 'aad', sealed)();
    ensure(answer._tag === 'Left' || answer.right === undefined, 'a text of s1 was opened as of s2');
  }),

  withVault('many seals of a new subject at once make one key', async (vault) => {
    const sealed = await Promise.all(
      Array.from({ length: 32 }, (_, n) => seal(vault, 'new', 'aad', `text ${n}`)),
    );
    const opened = await Promise.all(sealed.map((text) => open(vault, 'new', 'aad', text)));
    ensureSame(
      opened,
      sealed.map((_, n) => `text ${n}`),
      'opened texts',
    );
  }),
];

const forgetting: ReadonlyArray<KeyVaultCase> = [
  withVault('a subject who was forgotten is opened no more; others are', async (vault) => {
    const sealed = await seal(vault, 's1', 'aad', plain);
    const other = await seal(vault, 's2', 'aad', plain);
    ensureSame(await forget(vault, 's1'), true, 'forgetting a subject with a key');
    ensureSame(await open(vault, 's1', 'aad', sealed), undefined, 'a text of a forgotten subject');
    ensureSame(await open(vault, 's2', 'aad', other), plain, 'a text of another subject');
    ensureSame(await forget(vault, 's1'), false, 'forgetting once more');
    ensureSame(await forget(vault, 'nobody'), false, 'forgetting a subject without a key');
  }),

  withVault('a subject who comes back has a new key; the old texts stay shut', async (vault) => {
    const old = await seal(vault, 's1', 'aad', 'old');
    await forget(vault, 's1');
    const now = await seal(vault, 's1', 'aad', 'new');
    ensureSame(await open(vault, 's1', 'aad', old), undefined, 'an old text');
    ensureSame(await open(vault, 's1', 'aad', now), 'new', 'a new text');
    ensureSame(await forget(vault, 's1'), true, 'forgetting the subject again');
    ensureSame(await open(vault, 's1', 'aad', now), undefined, 'the newer text');
  }),

  withVault('forgetting one key leaves the newer one of a subject who came back', async (vault) => {
    await seal(vault, 's1', 'aad', 'old');
    const old = await succeed(vault.keyOf('s1'), 'keyOf');
    ensure(old !== undefined, 'a subject with a sealed text has no key');
    ensureSame(
      await succeed(vault.forget('s1', `${old}x`), 'forget'),
      false,
      'forgetting a key of another id',
    );
    ensureSame(await succeed(vault.forget('s1', old ?? ''), 'forget'), true, 'forgetting the key');
    ensureSame(await succeed(vault.keyOf('s1'), 'keyOf'), undefined, 'the key of a forgotten subject');
    const now = await seal(vault, 's1', 'aad', 'new');
    ensure((await succeed(vault.keyOf('s1'), 'keyOf')) !== old, 'two keys have one id');
    ensureSame(await succeed(vault.forget('s1', old ?? ''), 'forget'), false, 'forgetting the old key again');
    ensureSame(await open(vault, 's1', 'aad', now), 'new', 'a text of the newer key');
  }),

  withVault(
    'keys and the forgotten stay so after reopening',
    async (vault, harness) => {
      const kept = await seal(vault, 'kept', 'aad', plain);
      const gone = await seal(vault, 'gone', 'aad', plain);
      await forget(vault, 'gone');
      await harness.close?.(vault);
      const reopened = await ability(harness.reopen, 'reopen')();
      try {
        ensureSame(await open(reopened, 'kept', 'aad', kept), plain, 'a text sealed before');
        ensureSame(await open(reopened, 'gone', 'aad', gone), undefined, 'a text of a forgotten subject');
      } finally {
        await harness.close?.(reopened);
      }
    },
    ['reopen'],
  ),

  withVault(
    'a subject whom one process forgot is opened by no other, and gets one new key in both',
    async (vault, harness) => {
      const another = await ability(harness.openAnother, 'openAnother')();
      try {
        const sealed = await seal(vault, 's1', 'aad', plain);
        ensureSame(await open(another, 's1', 'aad', sealed), plain, 'a text sealed by the other process');
        ensureSame(await forget(vault, 's1'), true, 'forgetting');
        ensureSame(
          await open(another, 's1', 'aad', sealed),
          undefined,
          'a text of a subject whom the other forgot',
        );
        const [one, two] = await Promise.all([
          seal(vault, 's1', 'aad', '1'),
          seal(another, 's1', 'aad', '2'),
        ]);
        ensureSame(await open(another, 's1', 'aad', one), '1', 'a text sealed by one, opened by the other');
        ensureSame(await open(vault, 's1', 'aad', two), '2', 'a text sealed by the other, opened by one');
      } finally {
        await harness.close?.(another);
      }
    },
    ['openAnother'],
  ),
];

const retiring: ReadonlyArray<KeyVaultCase> = [
  withVault(
    'a retired key opens what it sealed; what is sealed from then on has a new key',
    async (vault) => {
      const old = await seal(vault, 's1', 'aad', 'old');
      const first = await keyInUse(vault, 's1');
      ensureSame(await succeed(vault.retiredKeysOf('s1'), 'retiredKeysOf'), [], 'retired keys before');
      ensureSame(await succeed(vault.retire('s1', first), 'retire'), true, 'retiring the key in use');
      ensureSame(await succeed(vault.keyOf('s1'), 'keyOf'), undefined, 'the key in use after retiring');
      ensureSame(await succeed(vault.retiredKeysOf('s1'), 'retiredKeysOf'), [first], 'retired keys');
      ensureSame(await open(vault, 's1', 'aad', old), 'old', 'a text of the retired key');
      const now = await seal(vault, 's1', 'aad', 'new');
      ensure((await keyInUse(vault, 's1')) !== first, 'a retired key went on sealing');
      ensureSame(await open(vault, 's1', 'aad', old), 'old', 'a text of the retired key, beside a newer one');
      ensureSame(await open(vault, 's1', 'aad', now), 'new', 'a text of the newer key');
      const fault = await fail(vault.open('s1', 'other', old), 'open with other associated data');
      ensureSame(fault.code, 'SEALED_TAMPERED', 'code for a text of the retired key');
    },
  ),

  withVault('forgetting a retired key takes its texts and leaves those of the key in use', async (vault) => {
    const old = await seal(vault, 's1', 'aad', 'old');
    const first = await keyInUse(vault, 's1');
    await succeed(vault.retire('s1', first), 'retire');
    const now = await seal(vault, 's1', 'aad', 'new');
    const second = await keyInUse(vault, 's1');
    ensureSame(await succeed(vault.forget('s1', first), 'forget'), true, 'forgetting the retired key');
    ensureSame(await open(vault, 's1', 'aad', old), undefined, 'a text of the retired key');
    ensureSame(await open(vault, 's1', 'aad', now), 'new', 'a text of the key in use');
    ensureSame(await keyInUse(vault, 's1'), second, 'the key in use');
    ensureSame(await succeed(vault.retiredKeysOf('s1'), 'retiredKeysOf'), [], 'retired keys');
    ensureSame(await succeed(vault.forget('s1', first), 'forget'), false, 'forgetting it again');
  }),

  withVault('retiring is asked for twice without harm, and is of the key of that id alone', async (vault) => {
    ensureSame(await succeed(vault.retire('s1', 'none'), 'retire'), false, 'a key of a subject without one');
    await seal(vault, 's1', 'aad', plain);
    await seal(vault, 's2', 'aad', plain);
    const first = await keyInUse(vault, 's1');
    ensureSame(await succeed(vault.retire('s2', first), 'retire'), false, 'the key of another subject');
    ensureSame(await succeed(vault.retire('s1', `${first}x`), 'retire'), false, 'a key of another id');
    ensureSame(await keyInUse(vault, 's1'), first, 'the key in use');
    ensureSame(await succeed(vault.retire('s1', first), 'retire'), true, 'retiring');
    const now = await seal(vault, 's1', 'aad', 'new');
    const second = await keyInUse(vault, 's1');
    ensureSame(await succeed(vault.retire('s1', first), 'retire'), true, 'retiring once more');
    ensureSame(await keyInUse(vault, 's1'), second, 'the newer key after retiring the old one once more');
    ensureSame(await open(vault, 's1', 'aad', now), 'new', 'a text of the newer key');
    await succeed(vault.forget('s1', first), 'forget');
    ensureSame(await succeed(vault.retire('s1', first), 'retire'), false, 'retiring a key that is gone');
  }),

  withVault('several keys of a subject may be retired; each opens and ends by itself', async (vault) => {
    const texts: string[] = [];
    const keys: string[] = [];
    for (const text of ['1', '2', '3']) {
      texts.push(await seal(vault, 's1', 'aad', text));
      const key = await keyInUse(vault, 's1');
      keys.push(key);
      await succeed(vault.retire('s1', key), 'retire');
    }
    const opened = () => Promise.all(texts.map((text) => open(vault, 's1', 'aad', text)));
    ensure(new Set(keys).size === 3, 'two keys have one id');
    ensureSame(await succeed(vault.retiredKeysOf('s1'), 'retiredKeysOf'), keys, 'retired keys, in order');
    ensureSame(await opened(), ['1', '2', '3'], 'texts of the three');
    ensureSame(await succeed(vault.forget('s1', keys[1] ?? ''), 'forget'), true, 'forgetting the second');
    ensureSame(await opened(), ['1', undefined, '3'], 'texts after forgetting the second');
    ensureSame(
      await succeed(vault.retiredKeysOf('s1'), 'retiredKeysOf'),
      [keys[0], keys[2]],
      'retired keys that are left',
    );
  }),

  withVault(
    'a retired key stays so after reopening',
    async (vault, harness) => {
      const old = await seal(vault, 's1', 'aad', 'old');
      const first = await keyInUse(vault, 's1');
      await succeed(vault.retire('s1', first), 'retire');
      await harness.close?.(vault);
      const reopened = await ability(harness.reopen, 'reopen')();
      try {
        ensureSame(await succeed(reopened.keyOf('s1'), 'keyOf'), undefined, 'the key in use');
        ensureSame(await succeed(reopened.retiredKeysOf('s1'), 'retiredKeysOf'), [first], 'retired keys');
        ensureSame(await open(reopened, 's1', 'aad', old), 'old', 'a text of the retired key');
        await seal(reopened, 's1', 'aad', 'new');
        ensure((await keyInUse(reopened, 's1')) !== first, 'a retired key came back into use');
      } finally {
        await harness.close?.(reopened);
      }
    },
    ['reopen'],
  ),

  withVault(
    'a key that one process retired seals for no other, and one new key serves both',
    async (vault, harness) => {
      const another = await ability(harness.openAnother, 'openAnother')();
      try {
        const old = await seal(vault, 's1', 'aad', 'old');
        ensureSame(await open(another, 's1', 'aad', old), 'old', 'a text sealed by the other process');
        const first = await keyInUse(vault, 's1');
        ensureSame(await succeed(vault.retire('s1', first), 'retire'), true, 'retiring');
        const [one, two] = await Promise.all([
          seal(another, 's1', 'aad', '1'),
          seal(vault, 's1', 'aad', '2'),
        ]);
        ensureSame(await keyInUse(vault, 's1'), await keyInUse(another, 's1'), 'the key in use in both');
        ensureSame(await succeed(another.forget('s1', first), 'forget'), true, 'forgetting the retired key');
        for (const each of [vault, another]) {
          ensureSame(await open(each, 's1', 'aad', old), undefined, 'a text of the retired key');
          ensureSame(await open(each, 's1', 'aad', one), '1', 'a text sealed after retiring, by one');
          ensureSame(await open(each, 's1', 'aad', two), '2', 'a text sealed after retiring, by the other');
        }
      } finally {
        await harness.close?.(another);
      }
    },
    ['openAnother'],
  ),
];

const pseudonyms: ReadonlyArray<KeyVaultCase> = [
  withVault('a pseudonym is 64 hex digits, the same every time, and of its kind', async (vault) => {
    const kinds: ReadonlyArray<PseudonymKind> = ['person', 'card', 'command', 'terms'];
    const of = (kind: PseudonymKind, value: string) => succeed(vault.pseudonym(kind, value), 'pseudonym');
    const all = await Promise.all(kinds.flatMap((kind) => ['A', 'B', ''].map((value) => of(kind, value))));
    ensure(
      all.every((pseudonym) => /^[0-9a-f]{64}$/.test(pseudonym)),
      'a pseudonym is not 64 hex digits',
    );
    ensure(new Set(all).size === all.length, 'two kinds or two values have the same pseudonym');
    ensureSame(await of('person', 'A'), all[0], 'the pseudonym of the same person');
  }),

  withVault('pseudonyms follow from the secret alone, not from keys', async (vault, harness) => {
    const before = await succeed(vault.pseudonym('person', 'A'), 'pseudonym');
    await seal(vault, before, 'aad', plain);
    await forget(vault, before);
    ensureSame(await succeed(vault.pseudonym('person', 'A'), 'pseudonym'), before, 'after forgetting');
    const another = await harness.open();
    try {
      ensureSame(await succeed(another.pseudonym('person', 'A'), 'pseudonym'), before, 'in another vault');
    } finally {
      await harness.close?.(another);
    }
  }),
];

/** What every key vault must do. */
export const keyVaultConformance: ReadonlyArray<KeyVaultCase> = [
  ...sealing,
  ...forgetting,
  ...retiring,
  ...pseudonyms,
];
