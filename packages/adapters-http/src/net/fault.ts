/**
 * What can go wrong on the way, as values.
 *
 * @packageDocumentation
 */
import type { MaterialFault } from '@mandate/certificates';

export const fault = (code: MaterialFault['code'], detail: string): MaterialFault => ({ code, detail });

/** An address for `detail`: without the query, which may hold anything, and not longer than a line of a log. */
export const shortly = (url: URL): string => {
  const text = `${url.origin}${url.pathname}`;
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
};

/** The code of a lookup that was refused; of our own, so that no other error is taken for it. */
export const refusedAddress = 'MANDATE_ADDRESS_REFUSED';

export const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : 'no code';

/**
 * An error of Node as a fault. What the other side sent and Node's parser could not read (`HPE_…`) is its answer;
 * everything else means that it was not reached: names, ports, TLS, a connection that broke.
 */
export const fromNodeError = (error: unknown, where: string): MaterialFault => {
  const code = codeOf(error);
  if (code === refusedAddress) return fault('ADDRESS_REFUSED', `${where}: a private or special address`);
  return fault(code.startsWith('HPE_') ? 'ANSWER_REFUSED' : 'UNREACHABLE', `${where}: ${code}`);
};
