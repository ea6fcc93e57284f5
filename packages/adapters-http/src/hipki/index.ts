/**
 * `@mandate/adapters-http/hipki`: a card's signature in a page, by the protocol of the HiPKI component. Runs in a browser
 * as it is: it imports nothing at run time.
 *
 * @packageDocumentation
 */
export type { HipkiCertificate, HipkiSlot, InfoAnswer } from './answer.js';
export {
  type HipkiClient,
  type HipkiClientOptions,
  type HipkiSignature,
  type HipkiSignRequest,
  hipkiClient,
} from './client.js';
export { faultOfCodes, lastErrors, meaningOf, retCodes, signed32, unsigned32 } from './codes.js';
export {
  type HipkiFault,
  type HipkiFaultKind,
  type HipkiText,
  hipkiFault,
  hipkiFaultText,
} from './fault.js';
export { browserHost, type HipkiHost, type HipkiMessage, type HipkiPopup } from './host.js';
export type { CardKind } from './pin-texts.js';
