import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const besideRepository = fileURLToPath(new URL('../../../../shared/data', import.meta.url));

/**
 * The path of a file or folder of the shared test data, or `undefined` where it is not there.
 *
 * The data lies in `../shared/data` beside the repository root; `MANDATE_SHARED_DATA` names another folder.
 */
export const sharedData = (...segments: ReadonlyArray<string>): string | undefined => {
  const path = resolve(process.env['MANDATE_SHARED_DATA'] ?? besideRepository, ...segments);
  return existsSync(path) ? path : undefined;
};
