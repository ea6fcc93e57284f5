/**
 * What a renewal leaves to do (MOICA-16): wherever the certificate before it is on record, its holder is locked out from now on.
 *
 * @packageDocumentation
 */
import type { PortalPolicy } from '../../policy/policy.js';
import { forecast, type Lockout } from '../../renewal/forecast.js';
import type { ForecastHolder } from '../../renewal/lockout.js';
import { fromEpochMs, type Instant, toEpochMs } from '../../values/index.js';
import type { RenewalView } from './view.js';

/** A portal, and who is on record there now. Pseudonyms are those of the vault that the renewals have. */
export interface OnRecord<H extends ForecastHolder> {
  readonly policy: PortalPolicy;
  readonly holders: ReadonlyArray<H>;
}

/** What is to be done in one portal: with which operations, and which cards (GEPI-42…48). */
export interface ToDo<H extends ForecastHolder> {
  readonly policy: PortalPolicy;
  readonly lockouts: ReadonlyArray<Lockout<H>>;
}

/**
 * The portals in which the old certificate is on record for its holder, each with what mends it; those in which it is not are left
 * out, and so are certificates of the same holder's other cards. A holder in two roles stands there twice. Empty for a renewal
 * that is not complete: until the card holds the new certificate, the old one is of use.
 */
export const afterRenewal = <H extends ForecastHolder>(
  {
    step,
    person,
    previous,
    next,
    since,
  }: Pick<RenewalView, 'step' | 'person' | 'previous' | 'next' | 'since'>,
  portals: ReadonlyArray<OnRecord<H>>,
): ReadonlyArray<ToDo<H>> => {
  if (step !== 'completed' || next === null) return [];
  const from = since as Instant;
  const seen = [{ person, certificate: { ...next, knownFrom: from } }];
  return portals.flatMap(({ policy, holders }): ReadonlyArray<ToDo<H>> => {
    const affected = holders.filter(
      ({ person: who, certificate }) =>
        who === person && certificate?.ca === previous.ca && certificate.serial === previous.serial,
    );
    const to = fromEpochMs(toEpochMs(from) + 1);
    const { already, lockouts } = forecast(affected, { from, to, policy, seen });
    const all = [...already, ...lockouts];
    return all.length === 0 ? [] : [{ policy, lockouts: all }];
  });
};
