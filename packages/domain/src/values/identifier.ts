/**
 * Identifiers that programs give and persons never type: taken as they are, but for the case of a UUID.
 *
 * @packageDocumentation
 */
import { t } from '../schema.js';
import { textValue } from './codec.js';
import { lowerCaseAscii } from './text.js';

// -------------------------------------------------------------------------------------
// uuid
// -------------------------------------------------------------------------------------

export interface UuidBrand {
  readonly Uuid: unique symbol;
}

/** UUID in lower case with hyphens. */
export type Uuid = t.Branded<string, UuidBrand>;

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** UUID of versions 1 to 8 (RFC 9562), neither nil nor max. Fails with `UUID_FORMAT`. */
export const Uuid = textValue<Uuid>({
  name: 'Uuid',
  isNormal: (text) => text.length === 36 && uuid.test(text),
  longest: 36,
  normalise: lowerCaseAscii,
  malformed: 'UUID_FORMAT',
  pattern: uuid,
  format: 'uuid',
});

// -------------------------------------------------------------------------------------
// codes of the policy pack
// -------------------------------------------------------------------------------------

export interface FunctionCodeBrand {
  readonly FunctionCode: unique symbol;
}

/** Code of a function in a catalogue, such as `premium-filing`. May be a word like `constructor`: keep it in a `Map`. */
export type FunctionCode = t.Branded<string, FunctionCodeBrand>;

const functionCode = /^[a-z0-9][a-z0-9-]{0,63}$/;

/** 1 to 64 lower-case letters, digits and hyphens, not beginning with a hyphen. Fails with `FUNCTION_CODE_FORMAT`. */
export const FunctionCode = textValue<FunctionCode>({
  name: 'FunctionCode',
  isNormal: (text) => text.length <= 64 && functionCode.test(text),
  longest: 64,
  normalise: t.identity,
  malformed: 'FUNCTION_CODE_FORMAT',
  pattern: functionCode,
});

export interface PortalIdBrand {
  readonly PortalId: unique symbol;
}

/** Id of a portal; part of stream names, such as `gepi`. */
export type PortalId = t.Branded<string, PortalIdBrand>;

const portalId = /^[a-z0-9]{1,16}$/;

/** 1 to 16 lower-case letters and digits. Fails with `PORTAL_ID_FORMAT`. */
export const PortalId = textValue<PortalId>({
  name: 'PortalId',
  isNormal: (text) => text.length <= 16 && portalId.test(text),
  longest: 16,
  normalise: t.identity,
  malformed: 'PORTAL_ID_FORMAT',
  pattern: portalId,
});
