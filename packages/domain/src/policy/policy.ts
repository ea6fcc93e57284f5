/**
 * What a portal's pack says: rules as data, so that a new portal is a new pack and no new `if` (X-1,
 * docs/architecture.md 5).
 *
 * @packageDocumentation
 */
import { CaName, type IssuerName } from '../credential/credential.js';
import { t } from '../schema.js';
import { PortalId } from '../values/index.js';
import { Origin } from './origin.js';

// -------------------------------------------------------------------------------------
// texts
// -------------------------------------------------------------------------------------

/** A text in both languages; `zh` is the binding one. */
export const Text = t.strict({ zh: t.string, en: t.string });
export type Text = t.TypeOf<typeof Text>;

/** Whom to ask. `ca` where it is the helpdesk of a CA's cards; regions where calls are routed by place (GEPI-27). */
export const Helpdesk = t.strict({
  id: t.string,
  ca: t.union([CaName, t.null]),
  name: Text,
  phone: t.string,
  url: t.union([t.string, t.null]),
  /** Where the CA explains how a card is applied for (GEPI-8, GEPI-9). */
  applyUrl: t.union([t.string, t.null]),
  /** Where a locked card is unlocked (GEPI-17, GEPI-19). */
  unlockUrl: t.union([t.string, t.null]),
  routes: t.array(t.strict({ section: Text, extension: t.string, regions: t.array(t.string) })),
});
export type Helpdesk = t.TypeOf<typeof Helpdesk>;

// -------------------------------------------------------------------------------------
// cards
// -------------------------------------------------------------------------------------

/** What a certificate must be, to play a role. */
export const RoleProfile = t.strict({
  cas: t.array(CaName),
  subjectTypes: t.array(t.string),
  policies: t.array(t.string),
  minRsaBits: t.Int,
});
export type RoleProfile = t.TypeOf<typeof RoleProfile>;

/** Whose card a step asks for. */
export const Role = t.keyof({ agency: null, manager: null, clerk: null });
export type Role = t.TypeOf<typeof Role>;

/**
 * Who does a step. `officer`: somebody with an account of the portal who acts for the agency without being its manager,
 * such as the HR officer of ECPA-1 or the registry desk of DOC-3.
 */
export const StepRole = t.keyof({ ...Role.keys, officer: null });
export type StepRole = t.TypeOf<typeof StepRole>;

/**
 * How a role is proved: a certificate that signs; a card that another service has registered, with its password (NHI-4);
 * an account of the portal (ECPA-1).
 */
export const Means = t.keyof({ certificate: null, registeredCard: null, account: null });
export type Means = t.TypeOf<typeof Means>;

/** Which card of the role. */
const WhichCard = t.keyof({ registered: null, next: null, presented: null });

/**
 * A step that does not ask for a certificate, or not only for one: the person chooses among the means (NHI-2).
 * `accountRole` is what the account must be, in the words of the portal's own accounts, such as `registry-desk`.
 */
const MeansStep = t.strict({
  role: StepRole,
  card: WhichCard,
  means: t.array(Means),
  accountRole: t.union([t.string, t.null]),
});

/**
 * One card to confirm, or other means to show; a step that says nothing of means asks for a certificate. `registered`: the very certificate on record; `next`: the one that shall take its place;
 * `presented`: whatever card of that kind is shown (first registration, queries).
 */
export const CardStep = t.union([MeansStep, t.strict({ role: Role, card: WhichCard })], 'CardStep');
export type CardStep = t.TypeOf<typeof CardStep>;

const purposeFields = t.type({
  id: t.string,
  label: Text,
  /** The terms are shown and agreed to before anything else (GEPI-12). */
  terms: t.boolean,
  steps: t.array(CardStep),
  /** `once`: one command for a confirmation; `session`: as many as `sessionMinutes` allow. */
  reuse: t.keyof({ once: null, session: null }),
  /**
   * What shows that the people at the cards wanted a command. `session`: that they confirmed their cards before it;
   * `command`: besides, that the last of these cards, which is still in the reader, signed that very command.
   */
  evidence: t.keyof({ session: null, command: null }),
  commands: t.array(t.string),
});

const purposeBesides = t.partial({
  /**
   * `different`: no two steps by one person, so that one reviews and another decides (四眼, X-7). Left out: one person may stand
   * for two, as the owner of a unit who is its clerk too.
   */
  persons: t.keyof({ different: null, any: null }),
});

/** What a person comes for: which cards in which order, and what may be done then (GEPI-12, 16…21). */
export const PurposePolicy = t.exact(t.intersection([purposeFields, purposeBesides], 'PurposePolicy'));
export type PurposePolicy = t.TypeOf<typeof PurposePolicy>;

// -------------------------------------------------------------------------------------
// policy
// -------------------------------------------------------------------------------------

/** A row of the table "who changed → what to do, in this order" (GEPI-44, GEPI-45). */
export const PlannerRow = t.strict({
  changed: t.array(Role),
  operations: t.array(t.string),
});
export type PlannerRow = t.TypeOf<typeof PlannerRow>;

/** A line of the portal's left function column (GEPI-6), by purpose; `query` lines have a purpose or none. */
export const MenuGroup = t.strict({
  label: Text,
  items: t.array(t.strict({ id: t.string, label: Text, purpose: t.union([t.string, t.null]) })),
});
export type MenuGroup = t.TypeOf<typeof MenuGroup>;

// -------------------------------------------------------------------------------------
// what a portal has besides; where a pack leaves it out, it is as in GEPI
// -------------------------------------------------------------------------------------

/** A field of the agency's record that the agency may change itself (NHI-22…24). */
export const AgencyField = t.strict({
  id: t.string,
  label: Text,
  /** `attachments`: proofs are handed in and staff review the change (NHI-23); `none`: it is simply saved (NHI-24). */
  evidence: t.keyof({ attachments: null, none: null }),
  /** Minutes from saving, or from the approval, until it takes effect (NHI-22: 30). */
  effectiveAfterMinutes: t.Int,
  /** What the value must look like: a regular expression in text form; `null`: any line of text. */
  pattern: t.union([t.string, t.null]),
});
export type AgencyField = t.TypeOf<typeof AgencyField>;

/** Credentials that a person of an organisation registers, with one of them active at a time (DOC-2…11). */
export const CredentialRules = t.strict({
  /** What may be registered, such as 電子識別證; whether its serials are read from the card or may be typed (DOC-7). */
  kinds: t.array(t.strict({ id: t.string, label: Text, entry: t.keyof({ read: null, any: null }) })),
  /** What a card may be, such as 正式卡 (DOC-11). */
  cardKinds: t.array(t.strict({ id: t.string, label: Text })),
  /** The one function that an active credential opens. */
  function: t.string,
});
export type CredentialRules = t.TypeOf<typeof CredentialRules>;

/** Kinds of codes that agencies go by. */
const CodeKind = t.keyof({ agencyCode: null, nhiUnitCode: null, generalAgencyCode: null });

const besides = t.partial({
  /** What an agency is called by; left out: an `AgencyCode`. */
  code: CodeKind,
  /** `none`: the agency's own card, an officer or a clerk acts where others have a manager. */
  manager: t.keyof({ one: null, none: null }),
  /** `none`: nobody registers an agency; it is there as soon as the portal's records have it (DOC). */
  root: t.keyof({ registered: null, none: null }),
  /** How a clerk may prove to be one; left out: by certificate alone (NHI-6, ECPA-6). */
  clerkMeans: t.array(Means),
  /** Whether an e-mail address stands in the entry of a clerk (NHI-8, NHI-9). */
  clerkMail: t.keyof({ required: null, none: null }),
  /** When an agency that staff open again can be used (NHI-19). */
  reopening: t.keyof({ atOnce: null, nextDay: null }),
  agencyFields: t.array(AgencyField),
  credentials: CredentialRules,
});

const policyFields = t.type({
  portal: PortalId,
  name: Text,
  /** The origin that challenges name, such as `https://gepi.example`. */
  origin: Origin,
  profiles: t.strict({ agency: RoleProfile, manager: RoleProfile, clerk: RoleProfile }),
  purposes: t.array(PurposePolicy),
  /** Minutes for which a challenge can be answered. */
  challengeMinutes: t.Int,
  /** Minutes for which a confirmation holds after its last card. */
  sessionMinutes: t.Int,
  /** Seconds for which "not revoked" is believed of a confirmed card, before a command that hands out authority asks again. */
  revocationSeconds: t.Int,
  clerks: t.strict({
    /** Fewest permissions of a clerk (GEPI-33: 1). */
    minPermissions: t.Int,
    /** The CA of a serial that was typed by hand. */
    typedSerialCa: t.union([CaName, t.null]),
    /** A name that differs from the one on the card is refused: when it is read, and when a typed serial first signs. */
    nameFromCard: t.boolean,
  }),
  review: t.strict({
    /** Purposes in which a certificate of another organisation goes to review rather than being refused. */
    purposes: t.array(t.string),
    /** Most reviews of one agency that may wait at a time, whoever asked for them; at least 1 where there are any. */
    maxPending: t.Int,
    validFrom: t.keyof({ nextBusinessDay: null, atOnce: null }),
  }),
  /** Local wall-clock hours `HH:mm` in Asia/Taipei, `to` exclusive and up to `24:00`; `null`: always open (GEPI-4). */
  openingHours: t.union([t.strict({ from: t.string, to: t.string }), t.null]),
  /** Whose expired certificate closes the business functions to clerks. */
  expiryLocksOut: t.strict({ agency: t.boolean, manager: t.boolean, clerk: t.boolean }),
  planner: t.array(PlannerRow),
  menu: t.array(MenuGroup),
  helpdesks: t.array(Helpdesk),
  /** Texts of screens by key. */
  texts: t.record(t.string, Text),
});

export const PortalPolicy = t.exact(t.intersection([policyFields, besides], 'PortalPolicy'));
export type PortalPolicy = t.TypeOf<typeof PortalPolicy>;

// -------------------------------------------------------------------------------------
// look-ups
// -------------------------------------------------------------------------------------

export const purposeOf = (policy: PortalPolicy, id: string): PurposePolicy | undefined =>
  policy.purposes.find((purpose) => purpose.id === id);

/** The means that a step takes. */
export const meansOfStep = (step: CardStep): ReadonlyArray<Means> =>
  'means' in step ? step.means : ['certificate'];

/** Whether an agency has a manager, whose contact data belong to its registration. */
export const hasManager = (policy: PortalPolicy): boolean => policy.manager !== 'none';

/** Whether agencies are registered, and not simply there with the portal's records. */
export const registersAgencies = (policy: PortalPolicy): boolean => policy.root !== 'none';

/** How a clerk may prove to be one. */
export const clerkMeans = (policy: PortalPolicy): ReadonlyArray<Means> =>
  policy.clerkMeans ?? ['certificate'];

/**
 * The words of a refusal in this portal: the pack's own under `error.<code>`, where the one table speaks of a manager or a
 * screen that this portal has not; the table's otherwise.
 */
export const errorTextOf = (
  policy: Pick<PortalPolicy, 'texts'>,
  error: { readonly code: string; readonly zh: string; readonly en: string },
): Text => new Map(Object.entries(policy.texts)).get(`error.${error.code}`) ?? { zh: error.zh, en: error.en };

/** The helpdesk for cards of a CA (GEPI-17, GEPI-19). */
export const helpdeskOfCa = (policy: PortalPolicy, ca: IssuerName): Helpdesk | undefined =>
  policy.helpdesks.find((desk) => desk.ca === ca);

/** The portal's section for a region, `undefined` where no route names it (GEPI-27). */
export const routeOfRegion = (
  policy: PortalPolicy,
  region: string,
): { readonly desk: Helpdesk; readonly section: Text; readonly extension: string } | undefined => {
  for (const desk of policy.helpdesks) {
    const route = desk.routes.find((candidate) => candidate.regions.includes(region));
    if (route !== undefined) return { desk, section: route.section, extension: route.extension };
  }
  return undefined;
};
