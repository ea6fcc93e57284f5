/**
 * The portal of the story: what a stranger writes to embed the register, and no more.
 *
 * @packageDocumentation
 */
import { join } from 'node:path';
import { nodeSha256, openSqliteAdapters, randomIds, type SqliteAdapters } from '@mandate/adapters-eventstore';
import { revocationSource, type TrustStoreInput } from '@mandate/certificates';
import { publishedLists, type TestPki } from '@mandate/certificates/test-pki';
import { type AgencyDirectory, createRegister, gepiPolicy, type Register } from '@mandate/domain';
import { isActiveIn } from '@mandate/projections';
import * as E from 'fp-ts/lib/Either.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { calendar } from './calendar.js';
import { agencies } from './cast.js';
import type { StoryClock } from './clock.js';
import { type FolderFault, folderFault } from './fault.js';
import { fromProjectionFault, openReading, type Reading } from './reading.js';

export interface Portal extends SqliteAdapters {
  readonly register: Register;
  readonly reading: Reading;
  /** What an auditor pins: with it alone, evidence is verified again. */
  readonly anchors: TrustStoreInput['anchors'];
}

/** What the insurer's records say of its agencies (GEPI-23). */
export const directory: AgencyDirectory = {
  find: (code) => {
    const agency = agencies.find((candidate) => candidate.code === code);
    return TE.right(
      agency === undefined
        ? undefined
        : { code, name: agency.name, organisation: agency.recorded, region: agency.region },
    );
  },
};

/** Opens the register on the SQLite files of a folder. */
export const openPortal = async (
  folder: string,
  secret: Uint8Array,
  pki: TestPki,
  clock: StoryClock,
): Promise<E.Either<FolderFault, Portal>> => {
  const opened = await openSqliteAdapters({ directory: folder, secret, clock })();
  if (E.isLeft(opened)) {
    const { code, detail } = opened.left;
    return E.left(folderFault('DAMAGED', `${code}: ${detail}`));
  }
  const adapters = opened.right;
  const { events: store, vault, evidence, challenges } = adapters;
  const reading = await openReading(join(folder, 'read-models.db'), store, vault);
  if (E.isLeft(reading)) {
    await adapters.close();
    return E.left(fromProjectionFault(reading.left));
  }
  const register = createRegister({
    policy: gepiPolicy,
    store,
    vault,
    evidence,
    challenges,
    directory,
    trust: pki.trust,
    revocation: revocationSource({ trust: pki.trust, crls: publishedLists(pki) }),
    clock,
    ids: randomIds,
    calendar,
    sha256: nodeSha256,
    isActive: isActiveIn(reading.right.runner, store),
  });
  const close = async (): Promise<void> => {
    await reading.right.close();
    await adapters.close();
  };
  const { anchors } = pki.trustInput;
  return E.right({ ...adapters, register, reading: reading.right, anchors, close });
};
