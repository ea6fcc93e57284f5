/** Where the modules of the middleware lie that card holders have. */
import { existsSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import type { CardFault } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';

import { cardFault } from './return-values.js';

export type KnownModule = 'hicos' | 'opensc' | 'softhsm';

type Places = Readonly<Record<'win32' | 'darwin' | 'linux', ReadonlyArray<string>>>;

/**
 * Paths by platform, the likeliest first. Those of HiCOS are known by its file names; the folders on macOS and Linux differ
 * between releases and were not tried: name the path where it lies elsewhere.
 */
export const knownModules: Readonly<Record<KnownModule, Places>> = {
  hicos: {
    win32: ['C:\\Windows\\System32\\HiCOSPKCS11.dll', 'C:\\Windows\\SysWOW64\\HiCOSPKCS11.dll'],
    darwin: [
      '/usr/local/lib/libHicos_p11v1.dylib',
      '/usr/local/lib/HiCOS/libHicos_p11v1.dylib',
      '/Library/FBTokenLib/libHicos_p11v1.dylib',
    ],
    linux: [
      '/usr/local/lib/libHicos_p11v1.so',
      '/usr/local/HiCOS/libHicos_p11v1.so',
      '/usr/lib/libHicos_p11v1.so',
    ],
  },
  opensc: {
    win32: ['C:\\Program Files\\OpenSC Project\\OpenSC\\pkcs11\\opensc-pkcs11.dll'],
    darwin: ['/Library/OpenSC/lib/opensc-pkcs11.so', '/opt/homebrew/lib/opensc-pkcs11.so'],
    linux: [
      '/usr/lib/x86_64-linux-gnu/opensc-pkcs11.so',
      '/usr/lib/aarch64-linux-gnu/opensc-pkcs11.so',
      '/usr/lib64/opensc-pkcs11.so',
      '/usr/lib/opensc-pkcs11.so',
    ],
  },
  softhsm: {
    win32: ['C:\\SoftHSM2\\lib\\softhsm2-x64.dll'],
    darwin: ['/opt/homebrew/lib/softhsm/libsofthsm2.so', '/usr/local/lib/softhsm/libsofthsm2.so'],
    linux: [
      '/usr/lib/softhsm/libsofthsm2.so',
      '/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so',
      '/usr/lib64/pkcs11/libsofthsm2.so',
    ],
  },
};

const placesOf = (module: string): ReadonlyArray<string> | undefined => {
  if (!Object.hasOwn(knownModules, module)) return undefined;
  const places: Places = knownModules[module as KnownModule];
  const { platform } = process;
  return platform === 'win32' || platform === 'darwin' || platform === 'linux' ? places[platform] : [];
};

/**
 * The path of a module: of a known one the first that is there, or the path that was given. A relative one is refused,
 * since whoever controls the working directory would choose the library that gets the PIN.
 */
export const modulePath = (module: string): E.Either<CardFault, string> => {
  const places = placesOf(module);
  if (places !== undefined) {
    const found = places.find((path) => existsSync(path));
    return found === undefined
      ? E.left(cardFault('NO_PCSC', `no ${module} module in its ${places.length} known places`))
      : E.right(found);
  }
  if (!isAbsolute(module)) return E.left(cardFault('NO_PCSC', 'the path of the module is not absolute'));
  return existsSync(module) ? E.right(module) : E.left(cardFault('NO_PCSC', 'no such PKCS#11 module'));
};
