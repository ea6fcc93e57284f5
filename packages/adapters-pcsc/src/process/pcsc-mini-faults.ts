import { type TransportFault, transportFault } from '../transport/transport.js';
import { LayerFault } from './layer.js';

/** The `code` of an exception of `pcsc-mini`, which is PC/SC's own name for it. */
const codes: ReadonlyMap<string, TransportFault['code']> = new Map([
  ['NoService', 'NO_PCSC'],
  ['ServiceStopped', 'NO_PCSC'],
  // The connection to the service broke in the middle of something.
  ['CommError', 'NO_PCSC'],
  ['Shutdown', 'NO_PCSC'],
  ['SystemCancelled', 'NO_PCSC'],
  ['NoReadersAvailable', 'NO_READER'],
  ['UnknownReader', 'NO_READER'],
  ['ReaderUnavailable', 'NO_READER'],
  ['NoSmartCard', 'NO_CARD'],
  ['RemovedCard', 'CARD_REMOVED'],
  ['SharingViolation', 'CARD_BUSY'],
  ['CardIsBusy', 'CARD_BUSY'],
  ['ResetCard', 'CARD_RESET'],
]);

const codeOf = (thrown: unknown): string => {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
  return typeof code === 'string' ? code : 'no code';
};

export const pcscMiniFault = (thrown: unknown): TransportFault => {
  if (thrown instanceof LayerFault) return thrown.fault;
  const code = codeOf(thrown);
  return transportFault(codes.get(code) ?? 'TRANSPORT', `pcsc-mini: ${code}`);
};
