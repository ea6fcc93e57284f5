/** The numbers of PKCS#11 v2.40 that are used here, under its own names without their prefix. */

/** CKF_…: CK_TOKEN_INFO.flags (section 3.2). */
export const tokenFlags = {
  loginRequired: 0x4,
  tokenInitialized: 0x400,
  /** A wrong PIN was given at least once since the last right one. */
  pinCountLow: 0x1_0000,
  /** The next wrong PIN locks. */
  pinFinalTry: 0x2_0000,
  pinLocked: 0x4_0000,
  pinToBeChanged: 0x8_0000,
} as const;

/** CKF_SERIAL_SESSION: must be set, and no more is needed to sign. */
export const serialSession = 0x4;

/** CKU_… */
export const userTypes = { user: 1, contextSpecific: 2 } as const;

/** CKO_… */
export const objectClasses = { certificate: 1, privateKey: 3 } as const;

/** CKA_… */
export const attributes = {
  class: 0x0,
  label: 0x3,
  value: 0x11,
  certificateType: 0x80,
  id: 0x102,
  modulus: 0x120,
  alwaysAuthenticate: 0x202,
} as const;

/** CKM_… */
export const mechanisms = { rsaPkcs: 0x1, sha256RsaPkcs: 0x40 } as const;
