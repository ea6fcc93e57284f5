/**
 * What becomes of each row: by itself, beside the other rows, and by what the register knows. All rows of an agency, or none.
 *
 * @packageDocumentation
 */
import {
  type AgencyStreamState,
  activeClerks,
  agencyStream,
  type CatalogueState,
  catalogueStream,
  createRegisterCodec,
  type EventStore,
  evolveAgencyStream,
  evolveCatalogue,
  importDigest,
  initialAgencyStream,
  initialCatalogue,
  type KeyVault,
  type Sha256,
  type StoredEvent,
  type StreamName,
} from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import { type CliFault, cliFault, fromStoreFault, fromVaultFault } from '../fault.js';
import type { RegisterRule } from './codes.js';
import type { ClerkRow, ReadRow, RowFault } from './rows.js';
import { agenciesTooLarge } from './size.js';

export interface JudgeSettings {
  readonly portal: string;
  readonly store: EventStore;
  readonly vault: KeyVault;
  readonly sha256: Sha256;
}

/** What becomes of a row. `ok` where nothing speaks against it. */
export interface Verdict {
  readonly row: number;
  readonly agency: string | undefined;
  readonly ok: boolean;
  /** The register has this very row from an earlier import. */
  readonly already: boolean;
  readonly faults: ReadonlyArray<RowFault>;
}

// -------------------------------------------------------------------------------------
// register
// -------------------------------------------------------------------------------------

const pageSize = 1000;

const load = async <S>(
  { store, sha256 }: JudgeSettings,
  stream: StreamName,
  initial: S,
  evolve: (state: S, event: StoredEvent) => S,
): Promise<E.Either<CliFault, S>> => {
  const codec = createRegisterCodec(sha256);
  let state = initial;
  for (let from = 0; ; ) {
    const page = await store.readStream(stream, from, pageSize)();
    if (E.isLeft(page)) return E.left(fromStoreFault(page.left));
    for (const recorded of page.right.events) {
      const decoded = codec.decode(recorded);
      if (decoded._tag === 'Corrupt') return E.left(cliFault('REGISTER_DAMAGED', decoded.detail));
      if (decoded._tag === 'Event') state = evolve(state, decoded.event);
    }
    if (page.right.end) return E.right(state);
    from += page.right.events.length;
  }
};

const closed = {
  unregistered: 'AGENCY_NOT_REGISTERED',
  suspended: 'AGENCY_SUSPENDED',
  deregistered: 'AGENCY_DEREGISTERED',
} as const;

const functionFaults = (menu: CatalogueState, { functions }: ClerkRow): ReadonlyArray<RowFault> =>
  functions.flatMap((code): ReadonlyArray<RowFault> => {
    const kind = menu.current?.entries.get(code)?.kind;
    if (kind === 'function') return [];
    return [{ code: kind === 'group' ? 'PERMISSION_IS_GROUP' : 'PERMISSION_UNKNOWN', column: 'functions' }];
  });

const agencyFaults = (
  { agency, clerks }: AgencyStreamState,
  { serial }: ClerkRow,
  person: string,
): ReadonlyArray<RowFault> => {
  const rule = (code: RegisterRule, column: RowFault['column']): ReadonlyArray<RowFault> => [
    { code, column },
  ];
  if (agency.status !== 'registered') return rule(closed[agency.status], 'agency');
  const active = activeClerks(clerks);
  if (active.some((clerk) => clerk.person === person)) return rule('CLERK_ALREADY_AUTHORIZED', 'nationalId');
  return active.some(({ credential }) => credential.ca === 'MOICA' && credential.serial === serial)
    ? rule('CERTIFICATE_IN_USE', 'serial')
    : [];
};

// -------------------------------------------------------------------------------------
// rows beside each other
// -------------------------------------------------------------------------------------

const createTwice = () => {
  // The first row of a person, which is there anyway: a text of its own for each of a million rows would take as much again.
  const people = new Map<string, { readonly first: ClerkRow; others?: Set<string> }>();
  const serials = new Set<string>();
  /** Whether this very row stands above, and whether another one of the person does. */
  const seen = (clerk: ClerkRow): 'row' | 'person' | undefined => {
    // No code of an agency holds a space.
    const key = `${clerk.agency} ${clerk.nationalId}`;
    const above = people.get(key);
    if (above === undefined) {
      people.set(key, { first: clerk });
      return undefined;
    }
    const text = JSON.stringify(clerk);
    above.others ??= new Set([JSON.stringify(above.first)]);
    if (above.others.has(text)) return 'row';
    above.others.add(text);
    return 'person';
  };
  return (clerk: ClerkRow): ReadonlyArray<RowFault> => {
    const { agency, serial } = clerk;
    const card = `${agency} ${serial}`;
    const isCardThere = serials.has(card);
    serials.add(card);
    const above = seen(clerk);
    if (above === 'row') return [{ code: 'ROW_TWICE', column: null }];
    return [
      ...(above === 'person' ? [{ code: 'PERSON_TWICE', column: 'nationalId' } as const] : []),
      ...(isCardThere ? [{ code: 'SERIAL_TWICE', column: 'serial' } as const] : []),
    ];
  };
};

// -------------------------------------------------------------------------------------
// verdicts
// -------------------------------------------------------------------------------------

const refusal = (verdict: Verdict, code: 'AGENCY_HELD_BACK' | 'AGENCY_TOO_LARGE'): Verdict => ({
  ...verdict,
  ok: false,
  faults: [{ code, column: null }],
});

/** Judges all rows, in their order. Left only where register or vault did not answer. */
export const judgeRows = async (
  settings: JudgeSettings,
  rows: ReadonlyArray<ReadRow>,
): Promise<E.Either<CliFault, ReadonlyArray<Verdict>>> => {
  const { portal, vault } = settings;
  const menu = await load(settings, catalogueStream(portal), initialCatalogue, evolveCatalogue);
  if (E.isLeft(menu)) return menu;
  const agencies = new Map<string, AgencyStreamState>();
  const twice = createTwice();
  const judged: Array<Verdict> = [];
  for (const { row, agency, faults, clerk } of rows) {
    if (clerk === undefined) {
      judged.push({ row, agency, ok: false, already: false, faults });
      continue;
    }
    const known =
      agencies.get(clerk.agency) ??
      (await load(settings, agencyStream(portal, clerk.agency), initialAgencyStream, evolveAgencyStream));
    if ('_tag' in known && known._tag === 'Left') return known;
    const state = '_tag' in known ? known.right : known;
    agencies.set(clerk.agency, state);
    const person = await vault.pseudonym('person', clerk.nationalId)();
    if (E.isLeft(person)) return E.left(fromVaultFault(person.left));
    const digest = await importDigest(vault, {
      ...clerk,
      agencyCode: clerk.agency,
      permissions: clerk.functions,
    });
    if (E.isLeft(digest)) return E.left(fromVaultFault(digest.left));
    const isThere = state.imported.has(digest.right);
    // What is there was judged when it came; since then a menu may have changed, and an agency been closed.
    const found = [
      ...twice(clerk),
      ...(isThere ? [] : functionFaults(menu.right, clerk)),
      ...(isThere ? [] : agencyFaults(state, clerk, person.right)),
    ];
    const ok = found.length === 0;
    judged.push({ row, agency: clerk.agency, ok, already: ok && isThere, faults: found });
  }
  const refused = new Set(judged.flatMap(({ ok, agency }) => (ok || agency === undefined ? [] : [agency])));
  // Whose agency cannot be read may be of any agency: then none is whole.
  const isHomeless = judged.some(({ ok, agency }) => !ok && agency === undefined);
  const tooLarge = agenciesTooLarge(judged, rows);
  return E.right(
    judged.map((verdict): Verdict => {
      const { ok, already, agency } = verdict;
      if (!ok || already || agency === undefined) return verdict;
      if (isHomeless || refused.has(agency)) return refusal(verdict, 'AGENCY_HELD_BACK');
      return tooLarge.has(agency) ? refusal(verdict, 'AGENCY_TOO_LARGE') : verdict;
    }),
  );
};
