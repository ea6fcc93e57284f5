/**
 * Clerks from a list of another system.
 *
 * @packageDocumentation
 */
import * as E from 'fp-ts/lib/Either.js';
import { type ImportedClerk, importClerks } from '../clerk/import.js';
import { type RegisterError, registerError } from '../errors.js';
import type { Actor } from '../events/define.js';
import type { NewEvent } from '../events/table.js';
import type { KeyVault, VaultFault } from '../ports/key-vault.js';
import { agencyStream } from '../ports/stream-name.js';
import { canonicalJson } from './canonical.js';
import { derivedId } from './codec.js';
import type { StaffCommand } from './commands.js';
import type { RegisterContext } from './context.js';
import { personPseudonym } from './identify.js';
import { loadCatalogue, typedCredential } from './prepare.js';
import { type Ask, type Executed, noEvidence, nothing, type Result, run } from './run.js';
import { fromVaultFault } from './vault-faults.js';

type ImportCommand = Extract<StaffCommand, { readonly type: 'ImportClerks' }>;

/** A row as its digest covers it. */
export interface ImportedRow {
  readonly agencyCode: string;
  readonly name: string;
  readonly nationalId: string;
  readonly serial: string;
  readonly permissions: ReadonlyArray<string>;
}

/**
 * The digest by which a row is known for ever; see `AgencyStreamState.imported`. Keyed: a plain digest of a row with a national
 * ID in it can be guessed at.
 */
export const importDigest = async (
  vault: KeyVault,
  { agencyCode, name, nationalId, serial, permissions }: ImportedRow,
): Promise<E.Either<VaultFault, string>> => {
  const wanted = [...new Set(permissions)].sort();
  const said = canonicalJson([agencyCode, name, nationalId, serial, wanted]);
  return vault.pseudonym('command', `mandate-import/1:${said}`)();
};

const toImported = async (
  context: RegisterContext,
  { commandId, agencyCode }: ImportCommand,
  { row, name, nationalId, serial, permissions }: ImportCommand['clerks'][number],
): Promise<E.Either<RegisterError, ImportedClerk>> => {
  const person = await personPseudonym(context.vault, nationalId);
  if (E.isLeft(person)) return person;
  const credential = typedCredential(context, serial);
  if (E.isLeft(credential)) return credential;
  const digest = await importDigest(context.vault, { agencyCode, name, nationalId, serial, permissions });
  if (E.isLeft(digest)) return E.left(fromVaultFault(digest.left));
  return E.right({
    id: derivedId(commandId, `clerk ${row}`),
    row,
    digest: digest.right,
    person: person.right,
    credential: credential.right,
    permissions: [...new Set(permissions)].sort(),
    details: { nationalId, name },
  });
};

/** Carries out `ImportClerks`: one append, so all rows or none. */
export const executeImport = async (ask: Ask, command: ImportCommand, actor: Actor): Result<Executed> => {
  const { context } = ask;
  if (new Set(command.clerks.map(({ row }) => row)).size < command.clerks.length) {
    return E.left(registerError('INVALID_INPUT', { detail: 'a row number stands there twice' }));
  }
  const rows: Array<ImportedClerk> = [];
  for (const clerk of command.clerks) {
    const imported = await toImported(context, command, clerk);
    if (E.isLeft(imported)) return imported;
    rows.push(imported.right);
  }
  return run(ask, {
    stream: agencyStream(context.policy.portal, command.agencyCode),
    streams: context.agencies,
    decide: async (state) => {
      const menu = await loadCatalogue(context);
      if (E.isLeft(menu)) return menu;
      const { source, file } = command;
      return E.map((events: ReadonlyArray<NewEvent>) => ({
        events,
        actor,
        cause: state.agency.status === 'unregistered' ? null : state.agency.since,
        evidence: [],
        confirmation: null,
      }))(importClerks(state, context.policy, menu.right, { source, file }, rows));
    },
    keep: noEvidence,
    withoutEvents: nothing,
    after: nothing,
  });
};
