/** A module behind `Cryptoki`, through pkcs11js. Runs in the child process alone: any of these calls may hang. */
import * as E from 'fp-ts/lib/Either.js';
import type { PKCS11 } from 'pkcs11js';

import { serialSession } from './constants.js';
import type { Cryptoki, Handle, Returned, Template } from './cryptoki.js';
import { returnValues } from './return-values.js';

/** pkcs11js throws its errors with the CK_RV as `code`; what has none is a fault of the call. */
const returned = <A>(call: () => A): Returned<A> => {
  try {
    return E.right(call());
  } catch (error) {
    const code: unknown =
      typeof error === 'object' && error !== null ? Reflect.get(error, 'code') : undefined;
    return E.left(typeof code === 'number' && code > 0 ? code : returnValues.generalError);
  }
};

const buffer = (octets: Uint8Array): Buffer => Buffer.from(octets);

/** CK_ULONG is what pkcs11js makes of a number. */
const templateOf = (template: Template) =>
  template.map(([type, value]) => ({ type, value: typeof value === 'number' ? value : buffer(value) }));

const find = (module: PKCS11, session: Handle, template: Template, limit: number): ReadonlyArray<Handle> => {
  module.C_FindObjectsInit(buffer(session), templateOf(template));
  try {
    return module.C_FindObjects(buffer(session), limit);
  } finally {
    module.C_FindObjectsFinal(buffer(session));
  }
};

const octetsOf = (value: unknown): Uint8Array => (value instanceof Uint8Array ? value : new Uint8Array(0));

const attributeOf = (module: PKCS11, session: Handle, object: Handle, type: number): Uint8Array => {
  // The values are written into the template, of which one attribute was asked for.
  const [read] = module.C_GetAttributeValue(buffer(session), buffer(object), [{ type }]);
  return octetsOf(read?.value);
};

export const nativeCryptoki = (module: PKCS11): Cryptoki => ({
  initialize: () => returned(() => module.C_Initialize()),
  finalize: () => returned(() => module.C_Finalize()),
  slots: () => returned(() => module.C_GetSlotList(false)),
  slotDescription: (slot) => returned(() => module.C_GetSlotInfo(buffer(slot)).slotDescription),
  tokenInfo: (slot) =>
    returned(() => {
      const info = module.C_GetTokenInfo(buffer(slot));
      return {
        label: info.label,
        manufacturer: info.manufacturerID,
        model: info.model,
        serial: info.serialNumber,
        flags: info.flags,
        minPinLength: info.minPinLen,
        maxPinLength: info.maxPinLen,
      };
    }),
  mechanisms: (slot) => returned(() => module.C_GetMechanismList(buffer(slot))),
  openSession: (slot) => returned(() => module.C_OpenSession(buffer(slot), serialSession)),
  closeSession: (session) => returned(() => module.C_CloseSession(buffer(session))),
  login: (session, userType, pin) => returned(() => module.C_Login(buffer(session), userType, pin)),
  logout: (session) => returned(() => module.C_Logout(buffer(session))),
  find: (session, template, limit) => returned(() => find(module, session, template, limit)),
  attribute: (session, object, type) => returned(() => attributeOf(module, session, object, type)),
  signInit: (session, mechanism, key) =>
    returned(() => module.C_SignInit(buffer(session), { mechanism }, buffer(key))),
  sign: (session, data, capacity) =>
    returned(() => module.C_Sign(buffer(session), buffer(data), Buffer.alloc(capacity))),
});
