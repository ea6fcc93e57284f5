/**
 * What is said of a card or its component. A component that is too old is told in the portal's own words where it has some, with
 * the way to what mends it: people blame the new card otherwise (NHI-14).
 *
 * @packageDocumentation
 */
import { type HipkiFault, hipkiFaultText } from '@mandate/adapters-http/hipki';
import { pageLanguage } from './language.js';

export const faultText = (fault: HipkiFault): string => {
  const tooOld = fault.kind === 'too-old';
  for (const way of document.querySelectorAll<HTMLElement>('[data-environment]')) way.hidden = !tooOld;
  const own = tooOld ? document.querySelector<HTMLElement>('[data-too-old]')?.dataset['tooOld'] : undefined;
  return own ?? hipkiFaultText(fault)[pageLanguage()];
};
