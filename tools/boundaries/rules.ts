// The rules for one import. Each says in words what is wrong, or nothing.
import { isBuiltin } from 'node:module';
import { posix } from 'node:path';
import { floorOf, isPure, type Place } from './place.js';
import type { Package } from './workspace.js';

/** Parts that are named in one place only, so that they can be replaced. */
const namedOnlyIn: Readonly<Record<string, ReadonlyArray<string>>> = {
  'io-ts': ['packages/domain/src/schema.ts'],
  // What others do is measured against; nothing here decodes or decides by it.
  pkijs: ['bench/'],
  asn1js: ['bench/'],
};

/** Our own helpers for tests: never in what is published. */
const testHelpers = '@mandate/testing';

/** `@a/b/c/d` → `@a/b` and `./c/d`; `a` → `a` and `.`. */
export const splitSpecifier = (specifier: string): Readonly<{ name: string; subpath: string }> => {
  const parts = specifier.split('/');
  const length = specifier.startsWith('@') ? 2 : 1;
  const rest = parts.slice(length).join('/');
  return { name: parts.slice(0, length).join('/'), subpath: rest === '' ? '.' : `./${rest}` };
};

export const isRelative = (specifier: string): boolean => specifier.startsWith('.');

/** The file that a relative import names, from the repository root. */
export const resolveRelative = (from: string, specifier: string): string =>
  posix.join(posix.dirname(from), specifier).replace(/\.js$/, '.ts');

const relative = (path: string, place: Place, specifier: string): ReadonlyArray<string> => {
  const target = resolveRelative(path, specifier);
  return place.reach.some((folder) => target.startsWith(folder))
    ? []
    : [`${specifier} leaves ${place.reach.join(' and ') || 'the page'}: import the package by its name`];
};

const builtin = (place: Place, specifier: string): ReadonlyArray<string> =>
  place.kind === 'source' && isPure(place.folder)
    ? [`${specifier} is a Node API, and ${place.folder} must run without Node`]
    : [];

/** bench is not published: all of it is development. */
const isDevelopment = ({ kind, folder }: Place): boolean =>
  kind === 'test' || kind === 'tool' || folder === 'bench';

const upward = (place: Place, target: Package): ReadonlyArray<string> => {
  if (place.kind === 'tool' || place.kind === 'docs') return [];
  const [own, other] = [floorOf(place.folder), floorOf(target.folder)];
  if (own === undefined)
    return [`${place.folder} has no floor yet: give it one in tools/boundaries/place.ts`];
  if (other === undefined) return [`${target.name} is not for ${place.folder}`];
  const allowed = place.kind === 'test' ? other <= own : other < own;
  return allowed ? [] : [`${place.folder} (floor ${own}) may not import ${target.name} (floor ${other})`];
};

const ownPackage = (place: Place, target: Package, specifier: string): ReadonlyArray<string> => {
  if (place.kind === 'source' && place.folder === target.folder) {
    return [`${specifier} is this package itself: import the file by its path`];
  }
  if (target.name === testHelpers) return isDevelopment(place) ? [] : [`${specifier} is for tests only`];
  return place.folder === target.folder ? [] : upward(place, target);
};

const publicExport = (target: Package, subpath: string, specifier: string): ReadonlyArray<string> =>
  target.exports.includes(subpath) ? [] : [`${specifier} is not a public export of ${target.name}`];

const declared = (place: Place, name: string, packages: ReadonlyArray<Package>): ReadonlyArray<string> => {
  const own = packages.find((one) => one.folder === place.folder);
  const root = packages.find((one) => one.folder === '');
  if (own?.name === name || own?.dependencies.includes(name) === true) return [];
  const inDevelopment = [...(own?.devDependencies ?? []), ...(root?.devDependencies ?? [])];
  return isDevelopment(place) && inDevelopment.includes(name)
    ? []
    : [`${name} is not among the dependencies of ${own?.name ?? (place.folder || 'the repository')}`];
};

const oneHome = (path: string, name: string): ReadonlyArray<string> => {
  const homes = Object.hasOwn(namedOnlyIn, name) ? namedOnlyIn[name] : undefined;
  return homes === undefined || homes.some((home) => path.startsWith(home))
    ? []
    : [`${name} is named only in ${homes.join(' and ')}`];
};

/** What is wrong with one import of a file, in words. */
export const problemsOf = (
  path: string,
  place: Place,
  specifier: string,
  packages: ReadonlyArray<Package>,
): ReadonlyArray<string> => {
  if (isRelative(specifier)) return relative(path, place, specifier);
  if (isBuiltin(specifier)) return builtin(place, specifier);
  const { name, subpath } = splitSpecifier(specifier);
  const target = packages.find((one) => one.name === name);
  const ours =
    target === undefined
      ? []
      : [...ownPackage(place, target, specifier), ...publicExport(target, subpath, specifier)];
  return [...ours, ...declared(place, name, packages), ...oneHome(path, name)];
};
