/**
 * A PIN on its way to a card: it can be read once, and shows itself nowhere.
 *
 * @packageDocumentation
 */

const redacted = '[REDACTED]';

/** Held by whoever asks the person; consumed by whoever sends it to the card (checklist GEPI-17…19). */
export interface Pin {
  /** The digits, the first time; `undefined` ever after: a PIN is never tried twice by a program. */
  readonly consume: () => string | undefined;
}

/**
 * A PIN that `consume` gives out once. However it is printed, joined or serialised, it reads `[REDACTED]`.
 */
export const singleUsePin = (digits: string): Pin => {
  let kept: string | undefined = digits;
  const hidden = () => redacted;
  return Object.freeze({
    consume: () => {
      const once = kept;
      kept = undefined;
      return once;
    },
    toString: hidden,
    toJSON: hidden,
    valueOf: hidden,
    [Symbol.toPrimitive]: hidden,
    // What Node's console and util.inspect ask for; the symbol is global, so nothing of Node is imported.
    [Symbol.for('nodejs.util.inspect.custom')]: hidden,
  });
};
