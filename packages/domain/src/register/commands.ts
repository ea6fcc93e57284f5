/**
 * What people and programs may ask of the register; everything here comes from outside and is decoded strictly.
 *
 * @packageDocumentation
 */
import { Hex64 } from '../events/hex.js';
import { clerkMeans, hasManager, type PortalPolicy } from '../policy/policy.js';
import type { t } from '../schema.js';
import {
  CardNumber,
  Email,
  type Fields,
  FunctionCode,
  Instant,
  list,
  literal,
  PersonalId,
  PersonName,
  PhoneExtension,
  RocDate,
  type StrictC,
  strict,
  TaiwanPhone,
  TypedCertificateSerial,
  tagged,
  UnitCode,
  Uuid,
} from '../values/index.js';
import { Base64, Flag, LongText, oneOf, ReasonCode, ShortText, VersionNumber } from './input.js';

// -------------------------------------------------------------------------------------
// parts
// -------------------------------------------------------------------------------------

/** The terms that were shown: the text by its hash, the page-download time (GEPI-13), and the receipt for both. */
const terms = strict({ hash: Hex64, presentedAt: Instant, receipt: Hex64 });

/** Name, mail and telephone of the manager (GEPI-28). */
const contact = strict({ name: PersonName, email: Email, phone: TaiwanPhone }, { extension: PhoneExtension });

/** Name and telephone of an applicant (GEPI-23). */
const applicant = strict({ name: PersonName, phone: TaiwanPhone }, { extension: PhoneExtension });

/** A clerk's certificate: read from the card (DER, base64), or its serial typed by hand (GEPI-33, GEPI-35). */
const certificateKinds = {
  card: strict({ kind: literal('card'), der: Base64 }, { cardNumber: CardNumber }),
  typed: strict({ kind: literal('typed'), serial: TypedCertificateSerial }),
};
const clerkCertificate = tagged('kind', certificateKinds);

/** Means whose service tells by the national ID whether the person has them (NHI-9, ECPA-6). */
const meansKinds = {
  registeredCard: strict({ kind: literal('registeredCard') }),
  account: strict({ kind: literal('account') }),
};

/** A line of a menu (GEPI-36). */
const catalogueEntry = strict(
  { code: FunctionCode, kind: oneOf('group', 'function'), zh: ShortText, en: ShortText },
  { parent: FunctionCode },
);

const clerk = strict({ name: PersonName, nationalId: PersonalId, certificate: clerkCertificate });

/** A row of a list of another system, by its number in the file. */
const importedClerk = strict({
  row: VersionNumber,
  name: PersonName,
  nationalId: PersonalId,
  serial: TypedCertificateSerial,
  permissions: list(FunctionCode, { most: 500 }),
});

/** A menu is a screen; far more than it can hold is no menu. */
const permissions = list(FunctionCode, { most: 500 });

/** A screen of search results, all of them ticked (ECPA-6). */
const people = list(strict({ nationalId: PersonalId }), { most: 200 });

const byCards = { commandId: Uuid, agencyCode: UnitCode, confirmation: Uuid };
const byStaff = { commandId: Uuid };

// -------------------------------------------------------------------------------------
// commands
// -------------------------------------------------------------------------------------

/** Commands under a confirmation, by name. */
export const cardCommands = {
  /** 首次註冊 (GEPI-22, GEPI-28). */
  RegisterAgency: strict({ type: literal('RegisterAgency'), ...byCards, terms, contact }),
  /** 確認 on the mismatch screen (GEPI-23). Needs the agency card alone. */
  RequestReview: strict({ type: literal('RequestReview'), ...byCards, terms, applicant }),
  /** 新增授權經辦人 (GEPI-33). */
  AuthorizeClerk: strict({ type: literal('AuthorizeClerk'), ...byCards, clerk, permissions }),
  /** 修改授權經辦人: certificate and permissions in one save (GEPI-38, GEPI-39). */
  ChangeClerk: strict({ type: literal('ChangeClerk'), ...byCards, clerkId: Uuid, clerk, permissions }),
  /** 刪除授權經辦人; `confirmed` is the answer to the second question (GEPI-40). */
  RevokeClerk: strict({ type: literal('RevokeClerk'), ...byCards, clerkId: Uuid, confirmed: Flag }),
  /** 更換機關憑證 (GEPI-46). */
  ReplaceAgencyCertificate: strict({ type: literal('ReplaceAgencyCertificate'), ...byCards, terms, contact }),
  /** 更換授權管理者自然人憑證 (GEPI-47). */
  ReplaceManagerCertificate: strict({
    type: literal('ReplaceManagerCertificate'),
    ...byCards,
    terms,
    contact,
  }),
  /** 更換機關憑證和更換授權管理者自然人憑證, atomically (GEPI-48). */
  ReplaceBothCertificates: strict({ type: literal('ReplaceBothCertificates'), ...byCards, terms, contact }),
  /** Several people at once, found by national ID among the portal's accounts (ECPA-6). */
  AuthorizePeople: strict({ type: literal('AuthorizePeople'), ...byCards, people, permissions }),
  /** 使用者憑證登記: one's own, or anybody's by the registry desk (DOC-3…8). `from` and `to` where it is active. */
  RegisterCredential: strict(
    {
      type: literal('RegisterCredential'),
      ...byCards,
      nationalId: PersonalId,
      kind: ReasonCode,
      cardKind: ReasonCode,
      serials: tagged('kind', {
        read: strict({ kind: literal('read'), signing: Base64, encryption: Base64 }),
        typed: strict({
          kind: literal('typed'),
          serial1: TypedCertificateSerial,
          serial2: TypedCertificateSerial,
        }),
      }),
      active: Flag,
    },
    { from: RocDate, to: RocDate },
  ),
  /** 啟用 (DOC-9). */
  ActivateCredential: strict({
    type: literal('ActivateCredential'),
    ...byCards,
    credential: Uuid,
    from: RocDate,
    to: RocDate,
  }),
  /** 不啟用. */
  DeactivateCredential: strict({ type: literal('DeactivateCredential'), ...byCards, credential: Uuid }),
  /** 基本資料變更: fields that the pack declares, with the documents that prove some of them (NHI-22…24). */
  ChangeAgencyData: strict(
    {
      type: literal('ChangeAgencyData'),
      ...byCards,
      changes: list(strict({ field: ReasonCode, value: ShortText }), { least: 1, most: 50 }),
    },
    {
      attachments: list(Hex64, { most: 10 }),
      contact: applicant,
      effectiveOn: RocDate,
      explanation: LongText,
    },
  ),
  /** A clerk signs in with card and agency code (GEPI-2, GEPI-3): who may not is told why. */
  LogIn: strict({ type: literal('LogIn'), ...byCards }),
};

/** Commands of the portal's staff and of the portal itself, by name. */
export const staffCommands = {
  DecideReview: strict(
    {
      type: literal('DecideReview'),
      ...byStaff,
      agencyCode: UnitCode,
      review: Uuid,
      outcome: oneOf('approved', 'rejected'),
    },
    { note: LongText },
  ),
  /** 審核 of a change that needs proof (NHI-23). */
  DecideAgencyData: strict(
    {
      type: literal('DecideAgencyData'),
      ...byStaff,
      agencyCode: UnitCode,
      request: Uuid,
      outcome: oneOf('approved', 'rejected'),
    },
    { note: LongText },
  ),
  SuspendAgency: strict({
    type: literal('SuspendAgency'),
    ...byStaff,
    agencyCode: UnitCode,
    reason: ReasonCode,
  }),
  ReopenAgency: strict({
    type: literal('ReopenAgency'),
    ...byStaff,
    agencyCode: UnitCode,
    reason: ReasonCode,
  }),
  /** Ends the service (GEPI-15). An agency that the directory still has may register again (NHI-18). */
  DeregisterAgency: strict({
    type: literal('DeregisterAgency'),
    ...byStaff,
    agencyCode: UnitCode,
    reason: ReasonCode,
  }),
  /** Lets in clerks from a list of another system, all of them or none; a row that was imported before is passed over. */
  ImportClerks: strict({
    type: literal('ImportClerks'),
    ...byStaff,
    agencyCode: UnitCode,
    source: ShortText,
    file: Hex64,
    clerks: list(importedClerk, { least: 1, most: 2000 }),
  }),
  PublishCatalogue: strict({
    type: literal('PublishCatalogue'),
    ...byStaff,
    version: VersionNumber,
    entries: list(catalogueEntry, { most: 2000 }),
  }),
  PublishTerms: strict(
    { type: literal('PublishTerms'), ...byStaff, version: VersionNumber, title: LongText, text: LongText },
    { english: LongText },
  ),
  /** Deletes what can be read of a person who is no longer active anywhere (docs/architecture.md 4). */
  ForgetSubject: strict({
    type: literal('ForgetSubject'),
    ...byStaff,
    nationalId: PersonalId,
    legalBasis: ShortText,
  }),
  /** Deletes what can be read of the applicant of a review that is not pending, and of the notes on it. */
  ForgetApplicant: strict({
    type: literal('ForgetApplicant'),
    ...byStaff,
    agencyCode: UnitCode,
    review: Uuid,
    legalBasis: ShortText,
  }),
};

// -------------------------------------------------------------------------------------
// commands to be signed
// -------------------------------------------------------------------------------------

type ByCards = { readonly confirmation: typeof Uuid } & Fields;

/** A command without its confirmation, which is no part of what a card signs. */
const told = <R extends ByCards, O extends Fields>({
  required: { confirmation: _secret, ...required },
  optional,
}: StrictC<R, O>): StrictC<Omit<R, 'confirmation'>, O> => strict(required, optional);

/** A command of card holders as a card signs it: all of it but the confirmation, which the request names itself. */
export const CommandToSign = tagged('type', {
  RegisterAgency: told(cardCommands.RegisterAgency),
  RequestReview: told(cardCommands.RequestReview),
  AuthorizeClerk: told(cardCommands.AuthorizeClerk),
  ChangeClerk: told(cardCommands.ChangeClerk),
  RevokeClerk: told(cardCommands.RevokeClerk),
  ReplaceAgencyCertificate: told(cardCommands.ReplaceAgencyCertificate),
  ReplaceManagerCertificate: told(cardCommands.ReplaceManagerCertificate),
  ReplaceBothCertificates: told(cardCommands.ReplaceBothCertificates),
  AuthorizePeople: told(cardCommands.AuthorizePeople),
  RegisterCredential: told(cardCommands.RegisterCredential),
  ActivateCredential: told(cardCommands.ActivateCredential),
  DeactivateCredential: told(cardCommands.DeactivateCredential),
  ChangeAgencyData: told(cardCommands.ChangeAgencyData),
  LogIn: told(cardCommands.LogIn),
});
export type CommandToSign = t.TypeOf<typeof CommandToSign>;

// -------------------------------------------------------------------------------------
// any command
// -------------------------------------------------------------------------------------

/**
 * Forms with what a portal may leave out of them that has no manager, or no terms; or puts into them. A register holds them to
 * its pack.
 */
export const portalForms = {
  RegisterAgency: strict({ type: literal('RegisterAgency'), ...byCards }, { terms, contact }),
  ReplaceAgencyCertificate: strict(
    { type: literal('ReplaceAgencyCertificate'), ...byCards },
    { terms, contact },
  ),
  AuthorizeClerk: strict({
    type: literal('AuthorizeClerk'),
    ...byCards,
    clerk: strict(
      {
        name: PersonName,
        nationalId: PersonalId,
        certificate: tagged('kind', { ...certificateKinds, ...meansKinds }),
      },
      { email: Email },
    ),
    permissions,
  }),
};

/** A portal asks for what its pack says, no more and no less. */
const formsOf = (policy: PortalPolicy): typeof portalForms => {
  const needsTerms = (type: string): boolean =>
    policy.purposes.some(({ terms: asks, commands }) => asks && commands.includes(type));
  const withForm = <T extends string>(type: T) => {
    const asked = { ...(needsTerms(type) ? { terms } : {}), ...(hasManager(policy) ? { contact } : {}) };
    return strict({ type: literal(type), ...byCards, ...asked }, needsTerms(type) ? {} : { terms });
  };
  const means = clerkMeans(policy);
  const kinds = {
    ...(means.includes('certificate') ? certificateKinds : {}),
    ...(means.includes('registeredCard') ? { registeredCard: meansKinds.registeredCard } : {}),
    ...(means.includes('account') ? { account: meansKinds.account } : {}),
  };
  const forms = {
    RegisterAgency: withForm('RegisterAgency'),
    ReplaceAgencyCertificate: withForm('ReplaceAgencyCertificate'),
    AuthorizeClerk: strict({
      type: literal('AuthorizeClerk'),
      ...byCards,
      clerk: strict({
        name: PersonName,
        nationalId: PersonalId,
        certificate: tagged('kind', kinds),
        ...(policy.clerkMail === 'required' ? { email: Email } : {}),
      }),
      permissions,
    }),
  };
  // Each asks for some of the fields that the static forms name, and for none that they do not.
  return forms as unknown as typeof portalForms;
};

type Decoded<C extends Readonly<Record<string, t.Any>>> = {
  readonly [K in keyof C]: t.TypeOf<C[K]>;
}[keyof C];

/** Any command of a portal with a manager, told by its `type`. */
export const Command = tagged('type', { ...cardCommands, ...staffCommands });

type AnyCardCommands = Omit<typeof cardCommands, keyof typeof portalForms> & typeof portalForms;

/** Any command of a portal, told by its `type`, with the fields that its pack asks for. */
export const commandOf = (policy: PortalPolicy): t.Type<Command, unknown, unknown> =>
  tagged('type', { ...cardCommands, ...formsOf(policy), ...staffCommands }) as unknown as t.Type<
    Command,
    unknown,
    unknown
  >;

export type CardCommand = Decoded<AnyCardCommands>;
export type StaffCommand = Decoded<typeof staffCommands>;
export type Command = CardCommand | StaffCommand;
export type CommandType = Command['type'];

const staffTypes: ReadonlySet<string> = new Set(Object.keys(staffCommands));

/** Whether a command is one of staff. */
export const isStaffCommand = (command: Command): command is StaffCommand => staffTypes.has(command.type);
