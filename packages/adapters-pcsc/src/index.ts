/**
 * `@mandate/adapters-pcsc`: cards in readers, for the port `CardReader` of `@mandate/domain`.
 */
export {
  type CardSession,
  type CardTransport,
  type ReaderEvent,
  type ReaderState,
  type TransportFault,
  transportFault,
} from './transport/transport.js';
