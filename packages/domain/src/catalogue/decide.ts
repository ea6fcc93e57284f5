/**
 * Publishing a menu. A published version is never changed; a new function reaches nobody by itself.
 *
 * @packageDocumentation
 */
import * as E from 'fp-ts/lib/Either.js';
import { type RegisterError, registerError } from '../errors.js';
import type { CatalogueEntry, CatalogueEvent } from './events.js';
import type { CatalogueState } from './state.js';

/** Codes are unique, parents are groups that stand before their children, and there is a function to grant. */
const isTree = (entries: ReadonlyArray<CatalogueEntry>): boolean => {
  const groups = new Set<string>();
  const seen = new Set<string>();
  let functions = 0;
  for (const entry of entries) {
    if (seen.has(entry.code)) return false;
    if (entry.parent !== null && !groups.has(entry.parent)) return false;
    seen.add(entry.code);
    if (entry.kind === 'group') groups.add(entry.code);
    else functions++;
  }
  return functions > 0;
};

export const publishCatalogue = (
  state: CatalogueState,
  input: { readonly version: number; readonly entries: ReadonlyArray<CatalogueEntry> },
): E.Either<RegisterError, ReadonlyArray<CatalogueEvent>> => {
  if (input.version !== (state.current?.version ?? 0) + 1) {
    return E.left(registerError('VERSION_NOT_NEXT'));
  }
  if (!isTree(input.entries)) return E.left(registerError('CATALOGUE_INVALID'));
  return E.right([
    { type: 'CataloguePublished', data: { version: input.version, entries: [...input.entries] } },
  ]);
};
