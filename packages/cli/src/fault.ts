/**
 * Why a command did not do what it was asked, as a value.
 *
 * @packageDocumentation
 */
import type { StoreFault, VaultFault } from '@mandate/domain';
import type { ProjectionFault, ProjectionFaultCode } from '@mandate/projections';
import type { MessageCode } from './messages.js';

/** A refusal or a fault of a command; holds nothing personal. */
export interface CliFault {
  readonly _tag: 'CliFault';
  readonly code: MessageCode;
  /** English, for operators: the file, the line, the place. */
  readonly detail: string;
}

/** Makes a {@link CliFault}. */
export const cliFault = (code: MessageCode, detail: string): CliFault => ({ _tag: 'CliFault', code, detail });

/** Says a fault of a store in the words of the command. */
export const fromStoreFault = (fault: StoreFault): CliFault => {
  const detail = `${fault.code}: ${fault.detail}`;
  if (fault.code === 'STORE_CORRUPT') return cliFault('REGISTER_DAMAGED', detail);
  return cliFault(fault.code === 'STORE_FULL' ? 'DISK_FULL' : 'STORE_FAULT', detail);
};

/** The same of a vault. */
export const fromVaultFault = (fault: VaultFault): CliFault =>
  cliFault(
    fault.code === 'VAULT_UNAVAILABLE' ? 'VAULT_FAULT' : 'REGISTER_DAMAGED',
    `${fault.code}: ${fault.detail}`,
  );

/** The same of either. */
export const fromFault = (fault: StoreFault | VaultFault): CliFault =>
  fault._tag === 'StoreFault' ? fromStoreFault(fault) : fromVaultFault(fault);

const modelsCodes: Readonly<Partial<Record<ProjectionFaultCode, MessageCode>>> = {
  STORE_UNAVAILABLE: 'STORE_FAULT',
  STORE_CORRUPT: 'REGISTER_DAMAGED',
  EVENT_CORRUPT: 'REGISTER_DAMAGED',
  CHAIN_BROKEN: 'REGISTER_DAMAGED',
  SEALED_CORRUPT: 'REGISTER_DAMAGED',
  VAULT_UNAVAILABLE: 'VAULT_FAULT',
  DATABASE_UNAVAILABLE: 'MODELS_UNAVAILABLE',
  DATABASE_FULL: 'DISK_FULL',
  DATABASE_CORRUPT: 'MODELS_DAMAGED',
  AHEAD_OF_STORE: 'MODELS_AHEAD',
  SUPERSEDED: 'MODELS_NEWER',
};

/**
 * What PostgreSQL says when it answers and does not let us in: classes 28, 3D, and 42501 of its error codes; and PgBouncer,
 * where it pools by statement.
 */
const refusals: ReadonlyArray<readonly [RegExp, MessageCode]> = [
  [/^(?:28\w{3}|42501):/, 'MODELS_REFUSED'],
  [/^3D\w{3}:/, 'MODELS_NOT_FOUND'],
  [/^08P01: .*statement pooling/, 'MODELS_POOLED'],
];

/** The same of read models. */
export const fromProjectionFault = (fault: ProjectionFault): CliFault => {
  const place = fault.place === undefined ? '' : ` at ${fault.place.stream}@${fault.place.revision}`;
  const refused = refusals.find(
    ([states]) => fault.code === 'DATABASE_UNAVAILABLE' && states.test(fault.detail),
  );
  const code = refused?.[1] ?? modelsCodes[fault.code] ?? 'PROJECTION_FAULT';
  return cliFault(code, `${fault.code}${place}: ${fault.detail}`);
};

/** What was thrown, in a line. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The same of what the file system threw. */
export const fromFileError = (error: unknown): CliFault => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const isFull = code === 'ENOSPC' || code === 'EFBIG' || code === 'EDQUOT';
  return cliFault(isFull ? 'DISK_FULL' : 'FILE_FAULT', messageOf(error));
};
