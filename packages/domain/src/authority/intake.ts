/**
 * What each event says, written into the ledger.
 *
 * @packageDocumentation
 */
import { isSeen, type SeenCredential } from '../credential/credential.js';
import type { StoredEvent } from '../events/table.js';
import type { PortalPolicy } from '../policy/policy.js';
import { agencyStream, catalogueStream } from '../ports/stream-name.js';
import { packVersion, replacedHolder } from './fold.js';
import type { Ledger } from './ledger.js';
import { msOf } from './time.js';

/** Of a credential that is registered by its serials nobody keeps the certificate. */
const noFingerprint = '0'.repeat(64);

type EventOf<K extends StoredEvent['type']> = Extract<StoredEvent, { readonly type: K }>;

/** Takes in one event of the portal; others are passed over. */
export const createIntake = (
  ledger: Ledger,
  portal: string,
  rules?: PortalPolicy['credentials'],
): ((event: StoredEvent) => void) => {
  const prefix = `${agencyStream(portal, '')}`;
  const menuStream = catalogueStream(portal);
  const { journal, credentials, sets, recordAgency, recordClerk } = ledger;

  const published = ({ data, meta }: EventOf<'CataloguePublished'>): void => {
    ledger.menus.push({
      recordedAt: msOf(meta.recordedAt),
      effectiveAt: msOf(meta.effectiveAt),
      functions: data.entries.filter((entry) => entry.kind === 'function').map((entry) => entry.code),
    });
  };

  const termsAccepted = ({ type, data, meta }: EventOf<'TermsAccepted'>, agency: number): void => {
    const { purpose, version, hash } = data;
    recordAgency(type, meta, agency, { a: ledger.termsNumber({ purpose, version, hash }) });
  };

  const managerAppointed = ({ type, data, meta }: EventOf<'ManagerAppointed'>, agency: number): void => {
    recordAgency(type, meta, agency, {
      a: journal.persons.intern(data.person),
      b: credentials.add(agency, data.credential),
      d: packVersion(0, data.identityProof),
    });
  };

  const replaced = ({ type, data, meta }: EventOf<'CertificateReplaced'>, agency: number): void => {
    const { holder, clerk, next, identityProof } = data;
    // The states of agency and manager hold credentials that were seen, and pass over any other.
    if (holder === 'clerk' ? clerk === null : !isSeen(next)) return;
    const payload = {
      a: replacedHolder[holder],
      b: credentials.add(agency, next),
      d: packVersion(0, identityProof),
    };
    if (holder === 'clerk' && clerk !== null) recordClerk(type, meta, agency, clerk, payload);
    else recordAgency(type, meta, agency, payload);
  };

  const clerkAuthorized = (
    { type, data, meta }: EventOf<'ClerkAuthorized' | 'HistoryImported'>,
    agency: number,
    proof: Parameters<typeof packVersion>[1],
  ): void => {
    const person = ledger.personNumber(agency, data.person);
    if (person === 0) return;
    recordClerk(type, meta, agency, data.clerk, {
      a: sets.of(data.permissions),
      b: credentials.add(agency, data.credential),
      c: person,
      d: packVersion(data.catalogueVersion, proof),
    });
  };

  const permissionsChanged = (
    { type, data, meta }: EventOf<'ClerkPermissionsChanged'>,
    agency: number,
  ): void => {
    recordClerk(type, meta, agency, data.clerk, {
      a: sets.of(data.granted),
      b: sets.of(data.revoked),
      d: packVersion(data.catalogueVersion),
    });
  };

  const credentialProved = ({ type, data, meta }: EventOf<'ClerkCredentialProved'>, agency: number): void => {
    recordClerk(type, meta, agency, data.clerk, {
      b: credentials.add(agency, data.credential),
      d: packVersion(0, data.identityProof),
    });
  };

  /** An active credential lets its holder do the one thing that it opens, from day to day (DOC-9). */
  const activated = ({ type, data, meta }: EventOf<'CredentialActivated'>, agency: number): void => {
    const { credential, ca, serial1: serial, from: notBefore, to: notAfter } = data;
    const person = ledger.personNumber(agency, data.person);
    if (person === 0 || rules === undefined) return;
    const dated = { ca, serial, proof: 'read', generation: '', subjectType: '', notBefore, notAfter };
    recordClerk(type, meta, agency, credential, {
      a: sets.of([rules.function]),
      b: credentials.add(agency, { ...dated, fingerprint: noFingerprint, card: null } as SeenCredential),
      c: person,
      d: packVersion(0, 'full'),
    });
  };

  return (event) => {
    const { meta } = event;
    if (event.type === 'CataloguePublished') {
      if (meta.stream === menuStream) published(event);
      return;
    }
    if (!meta.stream.startsWith(prefix)) return;
    const agency = ledger.agencyLane(meta.stream.slice(prefix.length));
    switch (event.type) {
      case 'TermsAccepted':
        termsAccepted(event, agency);
        break;
      case 'AgencyRegistered':
        recordAgency(event.type, meta, agency, { b: credentials.add(agency, event.data.credential) });
        break;
      case 'AgencySuspended':
      case 'AgencyReopened':
      case 'AgencyDeregistered':
        recordAgency(event.type, meta, agency, {});
        break;
      case 'ManagerAppointed':
        managerAppointed(event, agency);
        break;
      case 'CertificateReplaced':
        replaced(event, agency);
        break;
      case 'ClerkAuthorized':
        clerkAuthorized(event, agency, event.data.identityProof);
        break;
      case 'HistoryImported':
        clerkAuthorized(event, agency, 'typed');
        break;
      case 'ClerkPermissionsChanged':
        permissionsChanged(event, agency);
        break;
      case 'ClerkRevoked':
        recordClerk(event.type, meta, agency, event.data.clerk, {});
        break;
      case 'ClerkCredentialProved':
        credentialProved(event, agency);
        break;
      case 'CredentialActivated':
        activated(event, agency);
        break;
      case 'CredentialDeactivated':
        recordClerk(event.type, meta, agency, event.data.credential, {});
        break;
      // What is left bears on no decision: contact data, names, reviews, texts, and who was forgotten.
      default:
    }
  };
};
