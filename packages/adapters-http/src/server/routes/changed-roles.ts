/**
 * Whose certificates changed, as an address has it: `agency,manager`.
 *
 * @packageDocumentation
 */
import { Role, shaped, t } from '@mandate/domain';

const longest = 'agency,manager,clerk'.length;
const pattern = /^(?:agency|manager|clerk)(?:,(?:agency|manager|clerk))*$/;

const is = (u: unknown): u is ReadonlyArray<Role> => Array.isArray(u) && u.length > 0 && u.every(Role.is);

/** Roles, each at most once, with commas between them. */
export const ChangedRoles = shaped(
  new t.Type<ReadonlyArray<Role>, string, unknown>(
    'ChangedRoles',
    is,
    (u, context) => {
      const roles = typeof u === 'string' && u.length <= longest && pattern.test(u) ? u.split(',') : [];
      return is(roles) && new Set(roles).size === roles.length
        ? t.success(roles)
        : t.failures([{ value: undefined, context, message: 'UNKNOWN_KIND' }]);
    },
    (roles) => roles.join(','),
  ),
  { kind: 'text', longest, pattern },
);
