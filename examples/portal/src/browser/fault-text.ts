/**
 * What is said of a card or its component. A locked card is told in the pack's words for the card that the form asks for (GEPI-17,
 * GEPI-19, NHI-20), unless the component says that it was another one's. A component that is too old is told in the portal's own words where it has some, with
 * the way to what mends it: people blame the new card otherwise (NHI-14).
 *
 * @packageDocumentation
 */
import { type CardKind, type HipkiFault, hipkiFaultText } from '@mandate/adapters-http/hipki';
import { pageLanguage } from './language.js';

const isKind = (text: string | undefined): text is CardKind => text === 'citizen' || text === 'agency';

export const faultText = (fault: HipkiFault, form?: HTMLElement): string => {
  const tooOld = fault.kind === 'too-old';
  for (const way of document.querySelectorAll<HTMLElement>('[data-environment]')) way.hidden = !tooOld;
  const own = tooOld ? document.querySelector<HTMLElement>('[data-too-old]')?.dataset['tooOld'] : undefined;
  if (own !== undefined) return own;
  const { cardKind, locked } = form?.dataset ?? {};
  const kind = isKind(cardKind) ? cardKind : undefined;
  return fault.kind === 'pin-locked' && locked !== undefined && (fault.cardKind ?? kind) === kind
    ? locked
    : hipkiFaultText(fault, kind)[pageLanguage()];
};
