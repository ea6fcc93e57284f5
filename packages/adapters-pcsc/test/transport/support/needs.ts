import type { Need } from '@mandate/testing';
import { bedNeed } from '@mandate/testing/card-service';

const loads = async (name: 'pcsc-mini' | 'smartcard'): Promise<boolean> => {
  try {
    await (name === 'pcsc-mini' ? import('pcsc-mini') : import('smartcard'));
    return true;
  } catch {
    return false;
  }
};

/** A bed, and the package that is to be tried on it. */
export const needsService = async (name: 'pcsc-mini' | 'smartcard'): Promise<Need> => {
  const bed = bedNeed();
  if (!bed.available || (await loads(name))) return bed;
  const remedy = 'npm run setup:system, as root; then npx pnpm@10 -r rebuild smartcard';
  return { available: false, reason: `the package ${name} cannot be loaded`, remedy };
};
