import { type TransportFault, transportFault } from '../transport/transport.js';
import { LayerFault } from './layer.js';

/**
 * Texts of exceptions of `smartcard`. It throws plain errors without a code: the classes that it exports for them are
 * never used. A text that it changes one day becomes `TRANSPORT`.
 */
const texts: ReadonlyMap<string, TransportFault['code']> = new Map([
  ['PC/SC service not running', 'NO_PCSC'],
  ['PC/SC service stopped', 'NO_PCSC'],
  // The connection to the service broke in the middle of something.
  ['Communication error', 'NO_PCSC'],
  ['No readers available', 'NO_READER'],
  ['Unknown reader', 'NO_READER'],
  ['Reader unavailable', 'NO_READER'],
  ['No smart card present', 'NO_CARD'],
  ['Card was removed', 'CARD_REMOVED'],
  ['Sharing violation', 'CARD_BUSY'],
  ['Card was reset', 'CARD_RESET'],
]);

export const smartcardFault = (thrown: unknown): TransportFault => {
  if (thrown instanceof LayerFault) return thrown.fault;
  const text = thrown instanceof Error ? thrown.message : 'no text';
  return transportFault(texts.get(text) ?? 'TRANSPORT', `smartcard: ${text}`);
};
