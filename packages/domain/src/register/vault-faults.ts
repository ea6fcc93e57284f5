import { type RegisterError, registerError } from '../errors.js';
import type { VaultFault } from '../ports/key-vault.js';

/** A vault's fault as the refusal that a caller gets: what was tampered with or damaged is a matter of the store that kept it. */
export const fromVaultFault = (fault: VaultFault): RegisterError =>
  registerError(fault.code === 'VAULT_UNAVAILABLE' ? 'VAULT_UNAVAILABLE' : 'STORE_CORRUPT', {
    detail: fault.detail,
  });
