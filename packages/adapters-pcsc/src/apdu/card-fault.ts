import type { CardFault } from '@mandate/domain';

/**
 * As the domain makes them. Drivers also run in the process of a reader, which loads nothing of the domain: it is to start
 * at once.
 */
export const cardFault = (
  code: CardFault['code'],
  {
    triesLeft,
    detail,
  }: { readonly triesLeft?: number | undefined; readonly detail?: string | undefined } = {},
): CardFault => ({
  _tag: 'CardFault',
  code,
  ...(triesLeft === undefined ? {} : { triesLeft }),
  ...(detail === undefined ? {} : { detail }),
});
