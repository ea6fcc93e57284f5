/**
 * The calls of PKCS#11 that a card needs, each a value: what it gave, or its CK_RV. The child process has a module behind
 * them, tests a fake.
 */
import type { Either } from 'fp-ts/lib/Either.js';

/** CK_RV, an unsigned 32-bit number; never CKR_OK. */
export type ReturnValue = number;
export type Returned<A> = Either<ReturnValue, A>;

/** Slot, session or object: opaque, compared octet by octet. */
export type Handle = Uint8Array;

/** CK_TOKEN_INFO as the module fills it in: texts padded with blanks, numbers unchecked. */
export interface RawTokenInfo {
  readonly label: string;
  readonly manufacturer: string;
  readonly model: string;
  readonly serial: string;
  readonly flags: number;
  readonly minPinLength: number;
  readonly maxPinLength: number;
}

/** What an object must be: numbers are CK_ULONG. */
export type Template = ReadonlyArray<readonly [type: number, value: number | Uint8Array]>;

export interface Cryptoki {
  readonly initialize: () => Returned<void>;
  readonly finalize: () => Returned<void>;
  /** Slots, of empty readers too. */
  readonly slots: () => Returned<ReadonlyArray<Handle>>;
  /** CK_SLOT_INFO.slotDescription: the reader. */
  readonly slotDescription: (slot: Handle) => Returned<string>;
  readonly tokenInfo: (slot: Handle) => Returned<RawTokenInfo>;
  readonly mechanisms: (slot: Handle) => Returned<ReadonlyArray<number>>;
  readonly openSession: (slot: Handle) => Returned<Handle>;
  readonly closeSession: (session: Handle) => Returned<void>;
  readonly login: (session: Handle, userType: number, pin: string) => Returned<void>;
  readonly logout: (session: Handle) => Returned<void>;
  /** At most `limit` objects. */
  readonly find: (session: Handle, template: Template, limit: number) => Returned<ReadonlyArray<Handle>>;
  /** One attribute; empty where the object has none. */
  readonly attribute: (session: Handle, object: Handle, type: number) => Returned<Uint8Array>;
  readonly signInit: (session: Handle, mechanism: number, key: Handle) => Returned<void>;
  /** `capacity` in octets: what the module may write. */
  readonly sign: (session: Handle, data: Uint8Array, capacity: number) => Returned<Uint8Array>;
}
