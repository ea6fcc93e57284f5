/**
 * One question for lists: what is kept first, then the addresses in their order.
 *
 * @packageDocumentation
 */
import type { Crl, CrlQuery, MaterialFault } from '@mandate/certificates';
import * as E from 'fp-ts/lib/Either.js';
import { fault } from '../net/fault.js';
import type { CrlShelf } from './crl-shelf.js';

/** A certificate names one or two; what names more is not going to be waited for. */
const maxAddresses = 8;

/** The code that says most: what was there and was refused, before what was not reached, before what was not tried. */
const together = (faults: ReadonlyArray<MaterialFault>): MaterialFault => {
  const rank = ({ code }: MaterialFault): number => {
    if (code === 'ADDRESS_REFUSED') return 2;
    return code === 'UNREACHABLE' || code === 'TIMEOUT' ? 1 : 0;
  };
  const [first] = [...faults].sort((a, b) => rank(a) - rank(b));
  return fault(first?.code ?? 'UNREACHABLE', faults.map(({ detail }) => detail).join('; '));
};

export const findBy = async (
  shelf: CrlShelf,
  { issuer, uris, at }: CrlQuery,
  now: number,
  deadlineMilliseconds: number,
): Promise<E.Either<MaterialFault, ReadonlyArray<Crl>>> => {
  const instant = Math.max(now, Number.isNaN(at.getTime()) ? now : at.getTime());
  const wanted = uris.slice(0, maxAddresses);
  if (wanted.length === 0) {
    const kept = shelf.keptOf(issuer, now, instant);
    return kept.length > 0 ? E.right(kept) : E.left(fault('UNREACHABLE', 'no address was named'));
  }
  for (const uri of wanted) {
    const kept = shelf.peek(uri, issuer, now, instant);
    if (kept !== undefined) return E.right([kept]);
  }
  const started = performance.now();
  const faults: MaterialFault[] = [];
  for (const uri of wanted) {
    if (faults.length > 0 && performance.now() - started >= deadlineMilliseconds) break;
    const found = await shelf.obtain(uri, issuer, now, instant);
    if (E.isRight(found)) return E.right([found.right]);
    faults.push(found.left);
  }
  return E.left(together(faults));
};
