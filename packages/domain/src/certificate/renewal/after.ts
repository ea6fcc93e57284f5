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

/** A holder, by a serial that nobody has seen too: it was typed by hand, and `certificate` is `null` (GEPI-35). */
export type NamedHolder = ForecastHolder & { readonly ca?: string; readonly serial?: string };

/** A portal, and who is on record there now. */
export interface OnRecord<H extends NamedHolder> {
  readonly policy: PortalPolicy;
  readonly holders: ReadonlyArray<H>;
  /**
   * What the renewal's holder is called there: `Renewals.personIn` with that portal's vault. Left out where the portal has the
   * vault that the renewals have.
   */
  readonly person?: string;
}

/** What is to be done in one portal: with which operations, and which cards (GEPI-42…48). */
export interface ToDo<H extends NamedHolder> {
  readonly policy: PortalPolicy;
  readonly lockouts: ReadonlyArray<Lockout<H>>;
}

/**
 * The portals in which the old certificate is on record for its holder, each with what mends it; those in which it is not are left
 * out, and so are certificates of the same holder's other cards. A holder in two roles stands there twice. Empty for a renewal
 * that is not complete: until the card holds the new certificate, the old one is of use.
 */
export const afterRenewal = <H extends NamedHolder>(
  renewal: Pick<RenewalView, 'step' | 'person' | 'previous' | 'next' | 'since'>,
  portals: ReadonlyArray<OnRecord<H>>,
): ReadonlyArray<ToDo<H>> => {
  const { step, previous, next, since } = renewal;
  if (step !== 'completed' || next === null) return [];
  const from = since as Instant;
  const to = fromEpochMs(toEpochMs(from) + 1);
  return portals.flatMap(({ policy, holders, person = renewal.person }): ReadonlyArray<ToDo<H>> => {
    const affected = holders
      .filter(({ person: who, certificate, ca = certificate?.ca, serial = certificate?.serial }) => {
        return who === person && ca === previous.ca && serial === previous.serial;
      })
      .map((who): H => {
        // What the renewal has read of it: a typed serial has no days, and another vault has another name for the card.
        const knownFrom = who.certificate?.knownFrom ?? previous.notBefore;
        return { ...who, certificate: { ...previous, knownFrom } };
      });
    const seen = [{ person, certificate: { ...next, knownFrom: from } }];
    const { already, lockouts } = forecast(affected, { from, to, policy, seen });
    const all = [...already, ...lockouts];
    return all.length === 0 ? [] : [{ policy, lockouts: all }];
  });
};
