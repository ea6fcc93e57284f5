/**
 * `@mandate/adapters-pcsc`: cards in readers, for the port `CardReader` of `@mandate/domain`.
 */

export type {
  CardContents,
  CardKeys,
  CardKind,
  CardStep,
  ManagementKey,
  NhiBasicData,
} from './drivers/data.js';
export type { TokenName } from './pkcs11/choose.js';
export { type KnownModule, knownModules } from './pkcs11/modules.js';
export type { Pkcs11ModuleOptions, Pkcs11Options } from './pkcs11/options.js';
export type { PinLength } from './pkcs11/pin-length.js';
export { type Pkcs11Card, type Pkcs11Reader, pkcs11Reader } from './pkcs11/reader.js';
export type { NotReset } from './pkcs11/reset.js';
export { slotIsReader } from './pkcs11/slot-reader.js';
export type { PinState, Pkcs11Token } from './pkcs11/token.js';
export { type CardReaderOptions, cardReader, type PcscCardReader } from './reader/card-reader.js';
export { type ReplayReaders, replayReaders, replayTransport } from './replay/readers.js';
export type { ReplayExchange, ReplayReader, ReplayScript, ReplayTurn } from './replay/script.js';
export type { Deadlines } from './transport/hosted-parts.js';
export {
  type PcscOptions,
  type PcscPackage,
  pcscMiniTransport,
  pcscTransport,
  smartcardTransport,
} from './transport/pcsc.js';
export {
  type CardSession,
  type CardTransport,
  type CardWork,
  type ReaderEvent,
  type ReaderState,
  type TransportFault,
  transportFault,
} from './transport/transport.js';
