/**
 * Which portals there are, and what each is for.
 *
 * @packageDocumentation
 */
import type { PortalPolicy } from '@mandate/domain';
import { docScene } from '../world/doc/scene.js';
import { ecpaScene } from '../world/ecpa/scene.js';
import { gepiScene } from '../world/gepi-scene.js';
import { nhiScene } from '../world/nhi/scene.js';
import type { Scene } from '../world/scene.js';

export interface Entry {
  /** Path under which it stands, `nhi`; also its folder among the data. */
  readonly id: string;
  readonly scene: Scene;
  /** The text of the pack that says what it is for. */
  readonly about: string;
  /** What to try first: purposes of the pack, by id. */
  readonly first: ReadonlyArray<string>;
}

export const entries: ReadonlyArray<Entry> = [
  {
    id: 'gepi',
    scene: gepiScene,
    about: 'hint.firstRegistration',
    first: ['first-registration', 'delegation', 'login'],
  },
  { id: 'nhi', scene: nhiScene, about: 'portal.about', first: ['register', 'managers', 'login'] },
  { id: 'ecpa', scene: ecpaScene, about: 'portal.about', first: ['bind', 'grant', 'login'] },
  { id: 'doc', scene: docScene, about: 'portal.about', first: ['credentials', 'registry'] },
];

/** A portal that is open, as the index tells of it. */
export interface Listed extends Entry {
  readonly pack: PortalPolicy;
}
