/**
 * Names of hosts, resolved and judged in one step: what is connected to is what was judged, so a name that answers
 * differently the second time (DNS rebinding) gains nothing.
 *
 * @packageDocumentation
 */
import { lookup as systemLookup } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import type { AddressRule } from './addresses.js';
import { codeOf, refusedAddress } from './fault.js';

/** All addresses of a host's name, in the order to try them. */
export type Resolve = (hostname: string) => Promise<ReadonlyArray<string>>;

/** As the machine resolves names: `hosts`, then DNS. */
export const systemResolve: Resolve = async (hostname) =>
  (await systemLookup(hostname, { all: true })).map(({ address }) => address);

const failure = (code: string): NodeJS.ErrnoException => Object.assign(new Error(code), { code });

/** One address that is refused refuses the name: a public one beside a private one is no accident. */
const judged = async (hostname: string, resolve: Resolve, allowed: AddressRule) => {
  const addresses = await resolve(hostname);
  if (!addresses.every(allowed)) throw failure(refusedAddress);
  return addresses.map((address) => ({ address, family: isIP(address) }));
};

/** For `http.request`. */
export const checkedLookup =
  (resolve: Resolve, allowed: AddressRule): LookupFunction =>
  (hostname, options, callback) => {
    judged(hostname, resolve, allowed).then(
      (found) => {
        const { family } = options;
        const wanted = family === 4 || family === 6 ? found.filter((one) => one.family === family) : found;
        const [first] = wanted;
        if (first === undefined) callback(failure('ENOTFOUND'), '');
        else if (options.all === true) callback(null, wanted);
        else callback(null, first.address, first.family);
      },
      (error: unknown) => callback(failure(codeOf(error)), ''),
    );
  };
