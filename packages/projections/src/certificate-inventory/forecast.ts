/**
 * The forecast of the domain, over what is on record.
 *
 * @packageDocumentation
 */
import {
  type CaName,
  type Forecast,
  type ForecastCertificate,
  type ForecastHolder,
  forecast,
  Instant,
  type PortalPolicy,
  type RulesOfCas,
  type SeenWith,
} from '@mandate/domain';
import { all, orRefuse } from '../reading/question.js';
import type { Answer, Answering, ReadModelsOf } from '../reading/read-models.js';
import { instantOf } from '../support/time.js';
import { certificateInventory } from './projection.js';

/** From `from` to before `to`: ISO 8601 with an offset or Z. */
export interface ForecastQuestion {
  readonly from: string;
  readonly to: string;
  /** The portal's: which cards each operation asks for, and whose expiry closes functions. */
  readonly policy: PortalPolicy;
  /** Holders of this agency alone. @defaultValue those of every agency */
  readonly agencyCode?: string;
  /** @defaultValue what is known of the CAs: `gpkiCaRules` */
  readonly rules?: RulesOfCas;
}

/** A holder as the forecast names it; `certificate` is `null` while its serial was typed by hand. */
export interface HolderOnRecord extends ForecastHolder {
  readonly agencyName: string;
  readonly ca: CaName;
  readonly serial: string;
}

interface Row {
  readonly agency: string;
  readonly name: string;
  readonly holder: HolderOnRecord['holder'];
  readonly clerk: string | null;
  readonly person: string | null;
  readonly ca: CaName;
  readonly serial: string;
  readonly card: string | null;
  readonly not_before: string | null;
  readonly not_after: string | null;
  readonly seen_from: string | null;
  readonly status: 'current' | 'replaced' | 'gone';
}

const certificateOf = (row: Row): ForecastCertificate | null => {
  const { ca, serial, card, not_before: notBefore, not_after: notAfter, seen_from: knownFrom } = row;
  if (!Instant.is(notBefore) || !Instant.is(notAfter) || !Instant.is(knownFrom)) return null;
  return { ca, serial, card, notBefore, notAfter, knownFrom };
};

const holderOf = (row: Row): HolderOnRecord => ({
  agencyCode: row.agency,
  agencyName: row.name,
  holder: row.holder,
  clerk: row.clerk,
  person: row.person,
  ca: row.ca,
  serial: row.serial,
  certificate: certificateOf(row),
});

const seenOf = (row: Row): ReadonlyArray<SeenWith> => {
  const certificate = certificateOf(row);
  return row.person === null || certificate === null ? [] : [{ person: row.person, certificate }];
};

// The same for one agency: its holders, and what these persons hold and held anywhere.
const everythingOf = `SELECT h.*, a.name FROM {held} AS h JOIN {agencies} AS a USING (portal, agency)
  WHERE portal = @portal AND ((agency = @agency AND status = 'current') OR person IN (
    SELECT person FROM {held} WHERE portal = @portal AND agency = @agency AND status = 'current' AND person IS NOT NULL))`;

// What persons held before is asked for too: it tells that a card was extended, or that a later one was shown.
const everything = `SELECT h.*, a.name FROM {held} AS h JOIN {agencies} AS a USING (portal, agency)
  WHERE portal = ? AND (status = 'current' OR person IS NOT NULL)`;

const answer = (
  rows: ReadonlyArray<Row>,
  from: Instant,
  to: Instant,
  { policy, rules, agencyCode }: ForecastQuestion,
): Forecast<HolderOnRecord> => {
  const isHolder = ({ status, agency }: Row): boolean =>
    status === 'current' && (agencyCode === undefined || agency === agencyCode);
  return forecast(rows.filter(isHolder).map(holderOf), {
    from,
    to,
    policy,
    ...(rules === undefined ? {} : { rules }),
    seen: rows.filter((row) => !isHolder(row)).flatMap(seenOf),
  });
};

/** {@link forecast} of a portal. */
export const forecastOf = <F extends Answering>(
  read: ReadModelsOf<F>,
  portal: string,
  question: ForecastQuestion,
): Answer<F, Forecast<HolderOnRecord>> =>
  read.ask(certificateInventory, function* () {
    const from = yield* orRefuse(instantOf(question.from));
    const to = yield* orRefuse(instantOf(question.to));
    const rows =
      question.agencyCode === undefined
        ? yield* all<Row>(everything, portal)
        : yield* all<Row>(everythingOf, { portal, agency: question.agencyCode });
    return answer(rows, from, to, question);
  });
