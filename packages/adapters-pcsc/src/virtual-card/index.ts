/**
 * `@mandate/adapters-pcsc/virtual-card`: cards that hold keys of the test PKI, for tests, examples and portals' own
 * tests: in this process, or as a card in a real reader by the program `mandate-virtual-card`.
 */
export { gppkiAtr, gppkiCard, gppkiCardId } from './gppki.js';
export type { Mischief } from './mischief.js';
export { type NhiOptions, nhiAtr, nhiBasicData, nhiCard } from './nhi.js';
export { type PivOptions, pivAtr, pivCard } from './piv.js';
export { testManagementKey } from './piv-administrator.js';
export { pivGuid } from './piv-objects.js';
export { type T7sOptions, t7sAtr, t7sCard } from './t7s.js';
export { testPinTransportKey, wrappedPin } from './t7s-pin.js';
export type { CardKind, KeyCardOptions, Purpose, VirtualCard } from './virtual-card.js';
export {
  type VirtualReaders,
  virtualReaderName,
  virtualReaders,
  virtualTransport,
} from './virtual-readers.js';
export { type VpcdCard, type VpcdEvent, type VpcdOptions, vpcdCard } from './vpcd.js';
