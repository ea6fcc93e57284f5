import type { Need } from '@mandate/testing';

import { missingForService } from './service.js';

const loads = async (name: 'pcsc-mini' | 'smartcard'): Promise<boolean> => {
  try {
    await (name === 'pcsc-mini' ? import('pcsc-mini') : import('smartcard'));
    return true;
  } catch {
    return false;
  }
};

/** A service of one's own, and the package that is to be tried on it. */
export const needsService = async (name: 'pcsc-mini' | 'smartcard'): Promise<Need> => {
  const missing =
    missingForService() ?? ((await loads(name)) ? undefined : `the package ${name} cannot be loaded`);
  const remedy = 'npm run setup:system, as root; then npx pnpm rebuild smartcard';
  return { available: missing === undefined, reason: missing ?? '', remedy };
};
