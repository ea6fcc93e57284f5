/**
 * Asking for certificates: what an agency has on record, who is locked out, what expires when.
 *
 * @packageDocumentation
 */
import type {
  CaName,
  CredentialProof,
  DependencyFault,
  EventStore,
  Forecast,
  IdentityProof,
} from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import type { ProjectionFault } from '../fault.js';
import { all, one, orRefuse } from '../reading/question.js';
import type { Answer, Answering, ReadModelsOf } from '../reading/read-models.js';
import type { RunnerOf } from '../runner/model.js';
import { instantOf } from '../support/time.js';
import { type ForecastQuestion, forecastOf, type HolderOnRecord } from './forecast.js';
import { certificateInventory } from './projection.js';

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

export type CertificateHolder = 'agency' | 'manager' | 'clerk';

/** `current`: on record. `replaced`: another took its place. `holder-gone`: manager, clerk or agency left. */
export type CertificateStatus = 'current' | 'replaced' | 'holder-gone';

/** A certificate on record for a time. Times are ISO 8601, UTC. */
export interface HeldCertificate {
  readonly agencyCode: string;
  readonly agencyName: string;
  readonly holder: CertificateHolder;
  /** Id of the clerk, where it is a clerk's. */
  readonly clerk: string | null;
  /** Pseudonym, `null` for the agency's own. */
  readonly person: string | null;
  readonly ca: CaName;
  readonly serial: string;
  readonly proof: CredentialProof;
  /** How well person and certificate are shown to belong together; `null` for the agency's own. */
  readonly identityProof: IdentityProof | null;
  /** `null` while nobody has seen the certificate: its serial was typed by hand. */
  readonly certificate: {
    /** Pseudonym of the card number. */
    readonly card: string | null;
    readonly generation: string;
    readonly subjectType: string;
    /** SHA-256 of the DER certificate, lower-case hex. */
    readonly fingerprint: string;
    readonly notBefore: string;
    readonly notAfter: string;
  } | null;
  readonly heldFrom: string;
  readonly heldTo: string | null;
  readonly status: CertificateStatus;
}

/** A certificate on record that is not valid at a time. */
export interface LockedOut extends HeldCertificate {
  readonly reason: 'CREDENTIAL_EXPIRED' | 'CREDENTIAL_NOT_YET_VALID';
}

/** Certificates of one portal. */
export interface CertificateInventory<F extends Answering = 'Either'> {
  /** Everything that was ever on record, in that order. Empty for an agency that is not known. */
  readonly ofAgency: (agencyCode: string) => Answer<F, ReadonlyArray<HeldCertificate>>;
  /**
   * Whose certificate, on record at `at`, is not valid then: past, present or, if nobody replaces anything, to come.
   * Which of them really keeps somebody out is for the policy to say (`expiryLocksOut`): name those holders.
   */
  readonly lockedOut: (
    at: string,
    holders?: ReadonlyArray<CertificateHolder>,
  ) => Answer<F, ReadonlyArray<LockedOut>>;
  /** Certificates on record whose last instant lies in [`from`, `to`), the first to expire first. */
  readonly expiringBetween: (from: string, to: string) => Answer<F, ReadonlyArray<HeldCertificate>>;
  /**
   * Who will be locked out if nobody does anything: when, why, until when it can be mended, and which cards to bring
   * (GEPI-42…48). A person's certificates at other agencies of the portal tell that a card was replaced.
   */
  readonly forecast: (question: ForecastQuestion) => Answer<F, Forecast<HolderOnRecord>>;
}

// -------------------------------------------------------------------------------------
// rows
// -------------------------------------------------------------------------------------

interface Row {
  readonly agency: string;
  readonly name: string;
  readonly holder: CertificateHolder;
  readonly clerk: string | null;
  readonly person: string | null;
  readonly ca: CaName;
  readonly serial: string;
  readonly identity_proof: IdentityProof | null;
  readonly proof: CredentialProof;
  readonly card: string | null;
  readonly generation: string | null;
  readonly subject_type: string | null;
  readonly fingerprint: string | null;
  readonly not_before: string | null;
  readonly not_after: string | null;
  readonly held_from: string;
  readonly held_to: string | null;
  readonly status: 'current' | 'replaced' | 'gone';
}

const certificateOf = (row: Row): HeldCertificate['certificate'] =>
  row.not_before === null || row.not_after === null
    ? null
    : {
        card: row.card,
        generation: row.generation ?? '',
        subjectType: row.subject_type ?? '',
        fingerprint: row.fingerprint ?? '',
        notBefore: row.not_before,
        notAfter: row.not_after,
      };

const toHeld = (row: Row): HeldCertificate => ({
  agencyCode: row.agency,
  agencyName: row.name,
  holder: row.holder,
  clerk: row.clerk,
  person: row.person,
  ca: row.ca,
  serial: row.serial,
  proof: row.proof,
  identityProof: row.identity_proof,
  certificate: certificateOf(row),
  heldFrom: row.held_from,
  heldTo: row.held_to,
  status: row.status === 'gone' ? 'holder-gone' : row.status,
});

const toLockedOut = (row: Row, at: string): LockedOut => ({
  ...toHeld(row),
  reason: row.not_before !== null && at < row.not_before ? 'CREDENTIAL_NOT_YET_VALID' : 'CREDENTIAL_EXPIRED',
});

const select = 'SELECT h.*, a.name FROM {held} AS h JOIN {agencies} AS a USING (portal, agency)';
const everyHolder: ReadonlyArray<CertificateHolder> = ['agency', 'manager', 'clerk'];

// -------------------------------------------------------------------------------------
// queries
// -------------------------------------------------------------------------------------

/** Asks the live `certificate-inventory` of a portal. */
export const certificates = <F extends Answering>(
  read: ReadModelsOf<F>,
  portal: string,
): CertificateInventory<F> => ({
  ofAgency: (agencyCode) =>
    read.ask(certificateInventory, function* () {
      const sql = `${select} WHERE portal = ? AND agency = ? ORDER BY revision`;
      const rows = yield* all<Row>(sql, portal, agencyCode);
      return rows.map(toHeld);
    }),
  lockedOut: (time, holders = everyHolder) =>
    read.ask(certificateInventory, function* () {
      const at = yield* orRefuse(instantOf(time));
      const rows = yield* all<Row>(
        `${select}
         WHERE portal = ? AND held_from <= ? AND (held_to IS NULL OR held_to > ?)
           AND (not_after < ? OR not_before > ?)
         ORDER BY agency, revision`,
        portal,
        at,
        at,
        // All of its last second belongs to a certificate (RFC 5280 4.1.2.5).
        `${at.slice(0, 19)}.000Z`,
        at,
      );
      return rows.filter((row) => holders.includes(row.holder)).map((row) => toLockedOut(row, at));
    }),
  expiringBetween: (from, to) =>
    read.ask(certificateInventory, function* () {
      const first = yield* orRefuse(instantOf(from));
      const last = yield* orRefuse(instantOf(to));
      const rows = yield* all<Row>(
        `${select}
         WHERE portal = ? AND status = 'current' AND not_after >= ? AND not_after < ?
         ORDER BY not_after, agency, revision`,
        portal,
        first,
        last,
      );
      return rows.map(toHeld);
    }),
  forecast: (question) => forecastOf(read, portal, question),
});

// -------------------------------------------------------------------------------------
// across portals
// -------------------------------------------------------------------------------------

/** A certificate that is or was on record in some portal. */
export interface HeldAnywhere extends HeldCertificate {
  readonly portal: string;
}

/** Certificates wherever they are on record: after a renewal the old serial may stand in several portals (MOICA-16). */
export interface CertificatesAnywhere<F extends Answering = 'Either'> {
  /** Who has or had this certificate on record, by portal and agency; the serial in any spelling of its normal form. */
  readonly ofCertificate: (ca: CaName, serial: string) => Answer<F, ReadonlyArray<HeldAnywhere>>;
  /** Everything that is on record now of a person, by pseudonym: what there is to be done after a renewal. */
  readonly ofPerson: (person: string) => Answer<F, ReadonlyArray<HeldAnywhere>>;
}

type AnywhereRow = Row & { readonly portal: string };

// Where nobody registers an agency none has a name here.
const anywhere = `SELECT h.*, COALESCE(a.name, '') AS name
  FROM {held} AS h LEFT JOIN {agencies} AS a ON a.portal = h.portal AND a.agency = h.agency`;

const toAnywhere = (row: AnywhereRow): HeldAnywhere => ({ ...toHeld(row), portal: row.portal });

/** Asks the live `certificate-inventory` of all portals that share the store. */
export const certificatesAnywhere = <F extends Answering>(
  read: ReadModelsOf<F>,
): CertificatesAnywhere<F> => ({
  ofCertificate: (ca, serial) =>
    read.ask(certificateInventory, function* () {
      const sql = `${anywhere} WHERE h.ca = ? AND h.serial = ? ORDER BY h.portal, h.agency, h.revision`;
      const rows = yield* all<AnywhereRow>(sql, ca, serial.toUpperCase().replace(/^0+/, ''));
      return rows.map(toAnywhere);
    }),
  ofPerson: (person) =>
    read.ask(certificateInventory, function* () {
      const sql = `${anywhere} WHERE h.person = ? AND h.status = 'current' ORDER BY h.portal, h.agency, h.revision`;
      const rows = yield* all<AnywhereRow>(sql, person);
      return rows.map(toAnywhere);
    }),
});

// -------------------------------------------------------------------------------------
// who is active
// -------------------------------------------------------------------------------------

const asDependencyFault = (detail: string): DependencyFault => ({
  _tag: 'DependencyFault',
  dependency: 'directory',
  detail,
});

const asDependency = <A>(answer: E.Either<ProjectionFault, A>): E.Either<DependencyFault, A> =>
  E.mapLeft(({ code, detail }: ProjectionFault) => asDependencyFault(`${code}: ${detail}`))(answer);

/**
 * For the register's setting `isActive`: whether a person is manager or clerk of any agency in any portal. Waits for
 * the store's last event first, so that nobody is forgotten who was appointed a moment ago.
 */
export const isActiveIn =
  <F extends Answering>(runner: Pick<RunnerOf<F>, 'waitFor' | 'read'>, store: EventStore) =>
  (person: string): TaskEither<DependencyFault, boolean> =>
  async () => {
    const head = await store.head()();
    if (E.isLeft(head)) return E.left(asDependencyFault(`${head.left.code}: ${head.left.detail}`));
    if (head.right === undefined) return E.right(false);
    const options = { projections: [certificateInventory] };
    const reached = await runner.waitFor(head.right, options)();
    if (E.isLeft(reached)) return asDependency(reached);
    const asked = runner.read.ask(certificateInventory, function* () {
      const found = yield* one(
        `SELECT 1 FROM {held} WHERE person = ? AND status = 'current' AND holder <> 'agency' LIMIT 1`,
        person,
      );
      if (found !== undefined) return true;
      return (yield* one('SELECT 1 FROM {by_means} WHERE person = ? LIMIT 1', person)) !== undefined;
    });
    return asDependency(await runner.read.later(asked)());
  };
