/**
 * What an agency is called by in a portal, held to the pack.
 *
 * @packageDocumentation
 */
import * as E from 'fp-ts/lib/Either.js';
import { invalidInput, type RegisterError } from '../errors.js';
import type { t } from '../schema.js';
import { AgencyCode, decodeValue, GeneralAgencyCode, NhiUnitCode } from '../values/index.js';
import type { PortalPolicy } from './policy.js';

const codecs: Readonly<Record<NonNullable<PortalPolicy['code']>, t.Decoder<unknown, string>>> = {
  agencyCode: AgencyCode,
  nhiUnitCode: NhiUnitCode,
  generalAgencyCode: GeneralAgencyCode,
};

/** Refuses a code that is none of this portal, in the words of its kind: `INVALID_INPUT` at `path`. */
export const codeOfPortal = (
  policy: Pick<PortalPolicy, 'code'>,
  code: string,
  path = 'agencyCode',
): E.Either<RegisterError, void> => {
  const decoded = decodeValue(codecs[policy.code ?? 'agencyCode'], code);
  return E.isRight(decoded)
    ? E.right(undefined)
    : E.left(invalidInput(decoded.left.map((failure) => ({ path, code: failure.code }))));
};
