import { randomBytes, randomUUID } from 'node:crypto';
import type { Ids } from '@mandate/domain';

/** Identifiers from the operating system's random source. */
export const randomIds: Ids = {
  uuid: () => randomUUID(),
  nonce: () => randomBytes(32).toString('base64url'),
};
