/**
 * Numbers of an address.
 *
 * @packageDocumentation
 */
import { shaped, t } from '@mandate/domain';

const digits = /^(?:0|[1-9]\d{0,15})$/;

/** A whole number from `least` to `most` as an address has it: digits, no sign, no zeros before it. */
export const queryNumber = (least: number, most: number): t.Type<number, string, unknown> => {
  const is = (u: unknown): u is number =>
    typeof u === 'number' && Number.isSafeInteger(u) && u >= least && u <= most;
  const codec = new t.Type<number, string, unknown>(
    `a whole number from ${least} to ${most}`,
    is,
    (u, context) => {
      const number = typeof u === 'string' && digits.test(u) ? Number(u) : undefined;
      return is(number)
        ? t.success(number)
        : t.failures([{ value: undefined, context, message: 'WRONG_TYPE' }]);
    },
    String,
  );
  return shaped(codec, { kind: 'integer', least, most });
};
