/**
 * What card holders may look at (GEPI-32, GEPI-52, GEPI-53), straight from the events: no read model can be behind.
 *
 * @packageDocumentation
 */
import * as E from 'fp-ts/lib/Either.js';
import type { Organisation } from '../agency/organisation.js';
import type { AgencyValues } from '../agency-data/events.js';
import { type ChangeRequest, valueAt } from '../agency-data/state.js';
import type { CatalogueVersion } from '../catalogue/state.js';
import { ClerkEntryDetails } from '../clerk/events.js';
import { activeClerks, clerkWithCertificate } from '../clerk/state.js';
import { type CaName, caOf, type HolderCredential, type RootCredential } from '../credential/credential.js';
import { invalidInput, type RegisterError, registerError } from '../errors.js';
import { Contact } from '../manager/events.js';
import { hasManager, purposeOf } from '../policy/policy.js';
import { catalogueStream, termsStream } from '../ports/stream-name.js';
import { CredentialHolder } from '../registered-credential/events.js';
import { t } from '../schema.js';
import type { TermsVersion } from '../terms/state.js';
import { decodeValue, PersonalId, strict, Uuid } from '../values/index.js';
import { noteIn } from './agency-data-requests.js';
import type { AgencyStreamState } from './agency-stream.js';
import { type Confirmation, cardOf } from './confirmation.js';
import { findConfirmation } from './confirmation-store.js';
import type { RegisterContext } from './context.js';
import { agencyFacts, whenOpen } from './context.js';
import { personPseudonym, readCertificate, toCredential } from './identify.js';
import { Base64 } from './input.js';
import { findMeans } from './means.js';
import { openSealed } from './opening.js';
import { checkCards } from './step.js';
import { stillGood } from './still-good.js';
import { fromVaultFault } from './vault-faults.js';

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * 授權經辦人清單 (GEPI-32). Fields of persons are `null` where the person was forgotten, and those of the manager where
 * the portal has none.
 */
export interface ClerkList {
  readonly agencyCode: string;
  readonly agencyName: string;
  readonly manager: { readonly name: string | null; readonly contact: Contact | null };
  readonly clerks: ReadonlyArray<ListedClerk>;
}

export interface ListedClerk {
  readonly id: string;
  readonly name: string | null;
  readonly nationalId: string | null;
  /** Where the portal asks for one (NHI-13). */
  readonly email?: string;
  readonly credential: HolderCredential;
  /** Sorted. */
  readonly permissions: ReadonlyArray<string>;
}

/** 查詢機關憑證OID (GEPI-52). MOEACA's certificates name a business number instead. */
export interface OrganisationAnswer {
  readonly agencyName: string;
  readonly organisation: Organisation;
}

/** What a certificate shows that was read from a clerk's card without a PIN (讀取憑證, GEPI-33, GEPI-34). */
export interface CertificateAnswer {
  readonly name: string;
  readonly ca: CaName;
  readonly serial: string;
  /** The last four characters of the ID, where the certificate shows them. */
  readonly last4: string | null;
  /** ISO, UTC. */
  readonly notBefore: string;
  readonly notAfter: string;
  /** What an entry with it would be refused with as things stand. */
  readonly warnings: ReadonlyArray<'CERTIFICATE_IN_USE'>;
}

/** 查詢自然人憑證序號 (GEPI-53): 32 digits or fewer, as the register compares them. */
export interface SerialAnswer {
  readonly name: string;
  readonly serial: string;
}

type Result<A> = Promise<E.Either<RegisterError, A>>;

// -------------------------------------------------------------------------------------
// queries
// -------------------------------------------------------------------------------------

/**
 * A confirmation that is complete and whose purpose is known. What cards have opened closes with the portal (GEPI-4): a
 * confirmation that outlives the day shows nobody's data at night.
 */
const complete = async (context: RegisterContext, confirmation: unknown): Result<Confirmation> => {
  const open = whenOpen(context);
  if (E.isLeft(open)) return open;
  const id = decodeValue(Uuid, confirmation);
  if (E.isLeft(id)) return E.left(registerError('CONFIRMATION_UNKNOWN'));
  const found = await findConfirmation(context, id.right, context.now());
  if (E.isLeft(found)) return found;
  const { confirmation: kept } = found.right;
  return kept.complete ? E.right(kept) : E.left(registerError('CONFIRMATION_INCOMPLETE'));
};

/** A session that hands out or takes away is shown who holds what (NHI-13, ECPA-6). */
const listsClerks: ReadonlySet<string> = new Set(['AuthorizeClerk', 'AuthorizePeople']);
const changesData: ReadonlySet<string> = new Set(['ChangeAgencyData']);
export const registersCredentials: ReadonlySet<string> = new Set(['RegisterCredential']);
/** Whom an ID belongs to is asked before authority is handed out, and before a credential is registered (ECPA-6, DOC-8). */
const namesPeople: ReadonlySet<string> = new Set([...listsClerks, ...registersCredentials]);

export interface Delegating {
  readonly agencyCode: string;
  readonly state: AgencyStreamState;
  /** Pseudonym of the person whose session it is, where nobody above a clerk is in it. */
  readonly own: string | null;
}

/** The agency of a delegation session. The cards are checked again: the manager may have been replaced. */
export const delegating = async (
  context: RegisterContext,
  confirmation: unknown,
  commands: ReadonlySet<string> = listsClerks,
): Result<Delegating> => {
  const found = await complete(context, confirmation);
  if (E.isLeft(found)) return found;
  const { agencyCode, cards } = found.right;
  const purpose = purposeOf(context.policy, found.right.purpose);
  if (agencyCode === null || purpose?.commands.some((command) => commands.has(command)) !== true) {
    return E.left(registerError('CONFIRMATION_OTHER_PURPOSE'));
  }
  const facts = await agencyFacts(context, agencyCode);
  if (E.isLeft(facts)) return facts;
  const { entry, state } = facts.right;
  const { policy } = context;
  const checked = checkCards(state, { policy, purpose, cards, entry, at: context.now() });
  const own =
    cardOf(found.right, 'officer') === undefined ? (cardOf(found.right, 'clerk')?.person ?? null) : null;
  return E.isLeft(checked) ? checked : E.right({ agencyCode, state, own });
};

/** The list that a delegation session begins with. */
export const clerkList = async (context: RegisterContext, confirmation: unknown): Result<ClerkList> => {
  const session = await delegating(context, confirmation);
  if (E.isLeft(session)) return session;
  const { agencyCode, state } = session.right;
  const { manager } = state;
  if (state.agency.status === 'unregistered' || (manager === undefined && hasManager(context.policy))) {
    return E.left(registerError('AGENCY_NOT_REGISTERED'));
  }
  const contact =
    manager === undefined
      ? E.right(undefined)
      : await openSealed(context.vault, t.type({ contact: Contact }), manager.contact);
  if (E.isLeft(contact)) return contact;
  const clerks: ListedClerk[] = [];
  for (const clerk of activeClerks(state.clerks)) {
    const details = await openSealed(context.vault, ClerkEntryDetails, clerk.details);
    if (E.isLeft(details)) return details;
    clerks.push({
      id: clerk.id,
      name: details.right?.name ?? null,
      nationalId: details.right?.nationalId ?? null,
      ...(details.right?.email === undefined ? {} : { email: details.right.email }),
      credential: clerk.credential,
      permissions: [...clerk.permissions].sort(),
    });
  }
  return E.right({
    agencyCode,
    agencyName: state.agency.name,
    manager: {
      name: contact.right?.contact.name ?? null,
      contact: contact.right?.contact ?? null,
    },
    clerks,
  });
};

/** 使用者憑證登記(瀏覽) (DOC-2): every row that ever was, in the order of registration. */
export interface ListedCredential {
  readonly id: string;
  /** 使用者代碼 and 使用者姓名; `null` where the person was forgotten. */
  readonly account: string | null;
  readonly name: string | null;
  readonly kind: string;
  readonly cardKind: string;
  /** As certificate viewers show them: at least 32 digits (DOC-12). */
  readonly serial1: string;
  readonly serial2: string;
  readonly proof: 'read' | 'typedByHand';
  /** 啟用日期, 終止日期 as instants; `null`: 不啟用. */
  readonly active: { readonly from: string; readonly to: string } | null;
}

/** The list for a session of accounts: a person's own rows, or those of all for the registry desk (DOC-2, DOC-3, DOC-10). */
export const credentialList = async (
  context: RegisterContext,
  confirmation: unknown,
): Result<ReadonlyArray<ListedCredential>> => {
  const session = await delegating(context, confirmation, registersCredentials);
  if (E.isLeft(session)) return session;
  const { state, own } = session.right;
  const rows: ListedCredential[] = [];
  for (const row of state.credentials.values()) {
    if (own !== null && row.person !== own) continue;
    const holder = await openSealed(context.vault, CredentialHolder, row.holder);
    if (E.isLeft(holder)) return holder;
    const { id, kind, cardKind, serial1, serial2, proof, active } = row;
    rows.push({
      ...{ id, kind, cardKind, proof, active: active ?? null },
      account: holder.right?.account ?? null,
      name: holder.right?.name ?? null,
      serial1: serial1.padStart(32, '0'),
      serial2: serial2.padStart(32, '0'),
    });
  }
  return E.right(rows);
};

/** 投保單位基本資料, field by field as the pack declares them (NHI-22…24). */
export interface AgencyDataAnswer {
  readonly fields: ReadonlyArray<{
    readonly id: string;
    /** What holds now; `null` where nothing does, or it cannot be read any more. */
    readonly value: string | null;
    /** From when a value that was saved already will hold; ISO, UTC. `null` where none waits. */
    readonly changesAt: string | null;
  }>;
  readonly requests: ReadonlyArray<
    Pick<ChangeRequest, 'id' | 'fields' | 'attachments' | 'status'> & {
      /** What staff told with their decision. */
      readonly note: string | null;
    }
  >;
}

/** What the agency has on record of itself, for a session that may change it. */
export const agencyData = async (
  context: RegisterContext,
  confirmation: unknown,
): Result<AgencyDataAnswer> => {
  const session = await delegating(context, confirmation, changesData);
  if (E.isLeft(session)) return session;
  const { data } = session.right.state;
  const now = context.now();
  const fields: Array<AgencyDataAnswer['fields'][number]> = [];
  for (const { id } of context.policy.agencyFields ?? []) {
    const saved = valueAt(data, id, now);
    const opened =
      saved === undefined ? E.right(undefined) : await openSealed(context.vault, valuesIn, saved.sealed);
    if (E.isLeft(opened)) return opened;
    const next = data.values.get(id)?.findLast(({ effectiveAt }) => effectiveAt > now);
    fields.push({
      id,
      value: new Map(Object.entries(opened.right?.values ?? {})).get(id) ?? null,
      changesAt: next?.effectiveAt ?? null,
    });
  }
  const requests: Array<AgencyDataAnswer['requests'][number]> = [];
  for (const { id, fields: asked, attachments, status, note } of data.requests.values()) {
    const told = await noteIn(context, note);
    if (E.isLeft(told)) return told;
    requests.push({ id, fields: asked, attachments, status, note: told.right });
  }
  return E.right({ fields, requests });
};

/** What is on record of the agency itself, beside what a page is to change of it (NHI-17, NHI-23). */
export interface AgencyRecord {
  readonly agencyCode: string;
  readonly agencyName: string;
  readonly organisation: Organisation;
  readonly credential: RootCredential;
}

const showsRecord: ReadonlySet<string> = new Set(['ReplaceAgencyCertificate', 'ChangeAgencyData']);

/** What it is known by now, for a session that may change its certificate or its data. */
export const agencyRecord = async (context: RegisterContext, confirmation: unknown): Result<AgencyRecord> => {
  const session = await delegating(context, confirmation, showsRecord);
  if (E.isLeft(session)) return session;
  const { agencyCode, state } = session.right;
  if (state.agency.status === 'unregistered') return E.left(registerError('AGENCY_NOT_REGISTERED'));
  const { name: agencyName, organisation, credential } = state.agency;
  return E.right({ agencyCode, agencyName, organisation, credential });
};

/** What was saved and what was asked for both hold them. */
const valuesIn: t.Type<AgencyValues, AgencyValues, unknown> = t.type({
  values: t.record(t.string, t.string),
});

/** 查詢人員自訂帳號 (ECPA-7). */
export interface PersonAnswer {
  readonly name: string;
  readonly account: string | null;
}

const PersonQuestion = strict({ nationalId: PersonalId });

/** Right where a session may ask about a person: one of a clerk alone asks about that clerk (DOC-3). */
export const mayAskAbout = async (
  { vault, policy }: RegisterContext,
  { own }: Delegating,
  nationalId: PersonalId,
): Result<void> => {
  if (own === null || policy.credentials === undefined) return E.right(undefined);
  const person = await personPseudonym(vault, nationalId);
  if (E.isLeft(person)) return person;
  return person.right === own ? E.right(undefined) : E.left(registerError('CREDENTIAL_OF_OTHER_PERSON'));
};

/**
 * Whom a national ID belongs to among the portal's accounts, for a session that hands out authority (ECPA-6, ECPA-7) or
 * registers credentials (DOC-8: 承辦人員).
 */
export const findPerson = async (
  context: RegisterContext,
  confirmation: unknown,
  input: unknown,
): Result<PersonAnswer> => {
  const asked = decodeValue(PersonQuestion, input);
  if (E.isLeft(asked)) return E.left(invalidInput(asked.left));
  const session = await delegating(context, confirmation, namesPeople);
  if (E.isLeft(session)) return session;
  const allowed = await mayAskAbout(context, session.right, asked.right.nationalId);
  if (E.isLeft(allowed)) return allowed;
  const found = await findMeans(context, 'account', asked.right.nationalId);
  return E.map(({ name, account }: { readonly name: string; readonly account?: string }) => ({
    name,
    account: account ?? null,
  }))(found);
};

/** A certificate, DER in base64, as a delegation session reads it from a card. */
const ReadCertificate = strict({ der: Base64 });

/** What a clerk's certificate shows, before the manager enters who it is. Nothing is kept of it. */
export const showCertificate = async (
  context: RegisterContext,
  confirmation: unknown,
  input: unknown,
): Result<CertificateAnswer> => {
  const read = decodeValue(ReadCertificate, input);
  if (E.isLeft(read)) return E.left(invalidInput(read.left));
  const session = await delegating(context, confirmation);
  if (E.isLeft(session)) return session;
  const { profiles } = context.policy;
  const verified = await readCertificate(context, profiles.clerk, read.right.der, new Date(context.now()));
  if (E.isLeft(verified)) return verified;
  const { displayName, ca, serial, last4, notBefore, notAfter } = verified.right.facts;
  const credential = await toCredential(context.vault, verified.right.facts, 'read', undefined);
  if (E.isLeft(credential)) return credential;
  const holder = clerkWithCertificate(session.right.state.clerks, credential.right);
  return E.right({
    ...{ name: displayName, ca, serial, last4: last4 ?? null, notBefore, notAfter },
    warnings: holder === undefined ? [] : ['CERTIFICATE_IN_USE'],
  });
};

/**
 * Right where a confirmation that is complete still stands, and none of its cards has been revoked or replaced since: asked
 * before a session is shown what read models know. A purpose that serves once has changed the record that its cards are held
 * against, so of those only revocation is asked.
 */
export const checkConfirmation = async (context: RegisterContext, confirmation: unknown): Result<void> => {
  const found = await complete(context, confirmation);
  if (E.isLeft(found)) return found;
  const { agencyCode, cards } = found.right;
  const at = context.now();
  const purpose = purposeOf(context.policy, found.right.purpose);
  if (purpose === undefined) return E.left(registerError('PURPOSE_UNKNOWN'));
  if (purpose.reuse === 'session') {
    const facts = await agencyFacts(context, agencyCode);
    if (E.isLeft(facts)) return facts;
    const { entry, state } = facts.right;
    const checked = checkCards(state, { policy: context.policy, purpose, cards, entry, at });
    if (E.isLeft(checked)) return checked;
  }
  // Of a purpose that hands out nothing there is no evidence to ask with.
  return stillGood(context, purpose.commands.length > 0 ? cards : [], at);
};

/** Which OID, or business number, an agency's card names. */
export const organisationOf = async (
  context: RegisterContext,
  confirmation: unknown,
): Result<OrganisationAnswer> => {
  const found = await complete(context, confirmation);
  if (E.isLeft(found)) return found;
  const card = cardOf(found.right, 'agency');
  if (card === undefined) return E.left(registerError('CONFIRMATION_OTHER_PURPOSE'));
  return card.organisation === null
    ? E.left(registerError('AGENCY_IDENTITY_MISSING', { ca: caOf(card.credential) }))
    : E.right({ agencyName: card.shown.displayName, organisation: card.organisation });
};

/** Which serial a citizen's card has, for a manager who has to type it (GEPI-35). */
export const serialOf = async (context: RegisterContext, confirmation: unknown): Result<SerialAnswer> => {
  const found = await complete(context, confirmation);
  if (E.isLeft(found)) return found;
  const card = found.right.cards.find((candidate) => candidate.role !== 'agency');
  return card === undefined
    ? E.left(registerError('CONFIRMATION_OTHER_PURPOSE'))
    : E.right({ name: card.shown.displayName, serial: card.credential.serial });
};

/** Terms as they were handed out. `receipt` comes back with the command and shows that the other two are true. */
export interface PresentedTerms {
  readonly terms: TermsVersion;
  readonly presentedAt: string;
  readonly receipt: string;
}

/** The receipt for a text and the time of its handing out: nobody without the portal's secret can make one. */
export const termsReceipt = async (
  context: RegisterContext,
  hash: string,
  presentedAt: string,
): Result<string> => {
  const receipt = await context.vault.pseudonym('terms', `${context.policy.portal}/${hash}/${presentedAt}`)();
  return E.isLeft(receipt) ? E.left(fromVaultFault(receipt.left)) : receipt;
};

/**
 * The terms that are shown now (GEPI-12), with the time at which they were handed out (GEPI-13). At any hour: they are a
 * public text, and reading them begins nothing (the first challenge does, and is refused outside the opening hours).
 */
export const presentTerms = async (context: RegisterContext): Result<PresentedTerms> => {
  const loaded = await context.termsOfUse.load(termsStream(context.policy.portal));
  if (E.isLeft(loaded)) return loaded;
  const terms = loaded.right.state.current;
  if (terms === undefined) return E.left(registerError('TERMS_MISSING'));
  const presentedAt = context.now();
  return E.map((receipt: string): PresentedTerms => ({ terms, presentedAt, receipt }))(
    await termsReceipt(context, terms.hash, presentedAt),
  );
};

/** The menu as it is now (GEPI-36). Public too, and asked for by staff, who work at any hour. */
export const currentCatalogue = async (context: RegisterContext): Result<CatalogueVersion> => {
  const loaded = await context.catalogues.load(catalogueStream(context.policy.portal));
  if (E.isLeft(loaded)) return loaded;
  const { current } = loaded.right.state;
  return current === undefined ? E.left(registerError('CATALOGUE_MISSING')) : E.right(current);
};
