// What the whole suite needs from the system, as data: a later part of the house adds a line here.

/**
 * @typedef {Readonly<{
 *   for: string,
 *   commands: ReadonlyArray<string>,
 *   packages: ReadonlyArray<string>,
 * }>} Need  What it is for; the commands that must be on the PATH; the Debian packages that bring them.
 */

/** @type {ReadonlyArray<Need>} */
export const needs = [
  {
    for: 'compiling better-sqlite3 (node-gyp)',
    commands: ['python3', 'make', 'g++'],
    packages: ['python3', 'make', 'g++'],
  },
  {
    for: 'tests that compare judgements with the openssl command',
    commands: ['openssl'],
    packages: ['openssl'],
  },
  {
    for: 'tests of pages: the card agent and its client in a browser, with Chinese letters to look at',
    commands: ['chromium'],
    packages: ['chromium', 'fonts-noto-cjk'],
  },
  {
    for: 'PKCS#11 on a token in software',
    commands: ['softhsm2-util', 'pkcs11-tool'],
    packages: ['softhsm2', 'opensc'],
  },
  {
    for: 'compiling smartcard, the second package for PC/SC (its headers come with pcsc-spy)',
    commands: ['pcsc-spy'],
    packages: ['libpcsclite-dev'],
  },
  {
    for: 'a card service with virtual readers, in namespaces of its own',
    commands: ['pcscd', 'vpcd-config', 'unshare', 'nsenter', 'setpriv', 'ip'],
    packages: ['pcscd', 'vsmartcard-vpcd', 'util-linux', 'iproute2'],
  },
  {
    for: 'tests that compare the virtual PIV card with OpenSC',
    commands: ['opensc-tool', 'pkcs15-tool', 'pkcs11-tool', 'piv-tool'],
    packages: ['opensc'],
  },
  {
    for: "a PostgreSQL server of the tests' own, for read models (Debian keeps its programs off the PATH)",
    commands: ['pg_lsclusters'],
    packages: ['postgresql'],
  },
];
