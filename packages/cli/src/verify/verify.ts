/**
 * Whether a register still holds what was written to it: file, chains, schema, sealed parts, evidence.
 *
 * @packageDocumentation
 */
import type { EventStore, EvidenceStore, KeyVault, RecordedEvent, Sha256, StoreFault } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import { type CliFault, fromStoreFault } from '../fault.js';
import { eventsOf } from '../register/pages.js';
import { portalOf } from '../register/portal.js';
import { createSoundness } from '../register/sound.js';
import { createEvidenceCheck } from './evidence.js';
import { type Findings, type Found, gatherFindings } from './findings.js';
import { createSealedCheck } from './sealed.js';

export interface VerifySettings {
  readonly events: EventStore;
  readonly sha256: Sha256;
  /** Checks the file below the events, where there is one. */
  readonly checkFile?: (() => TaskEither<StoreFault, void>) | undefined;
  /** The files beside that one. One that is damaged is a finding, and the rest is read. */
  readonly files?: ReadonlyArray<FileCheck> | undefined;
  /** Opens sealed parts, and evidence; without it they are counted and not tried. */
  readonly vault?: KeyVault | undefined;
  /** Looks whether the evidence is there that events name. */
  readonly evidence?: EvidenceStore | undefined;
  readonly onEvent?: ((done: number) => void) | undefined;
  /** How many findings are kept in full; all are counted. @defaultValue 1000 */
  readonly most?: number | undefined;
}

export interface Verified extends Findings {
  readonly events: number;
  readonly streams: number;
  /** Events of types or schema versions that this program does not know. */
  readonly unknown: number;
  readonly sealed: {
    readonly total: number;
    /** `undefined` where there was no vault to try. */
    readonly readable: number | undefined;
    /** The key is gone, and a forgetting is on record. */
    readonly forgotten: number | undefined;
  };
  /** The portals whose streams it holds, in the order of their names. */
  readonly portals: ReadonlyArray<string>;
  readonly evidence: {
    /** One that is named twice is counted twice. */
    readonly named: number;
    readonly checked: boolean;
    /** Pieces that were opened and have their hash; `undefined` where there was no vault to try. */
    readonly readable: number | undefined;
    /** Pieces whose key is gone, with a forgetting on record. */
    readonly forgotten: number | undefined;
  };
}

/** Reads a whole file; `REGISTER_DAMAGED` names it and tells what is damaged. */
export type FileCheck = () => Promise<E.Either<CliFault, void>>;

/** Tells each damaged file among the findings; a fault where one did not answer. */
const checkFiles = async (files: ReadonlyArray<FileCheck>, found: Found): Promise<CliFault | undefined> => {
  for (const check of files) {
    const whole = await check();
    if (E.isRight(whole)) continue;
    if (whole.left.code !== 'REGISTER_DAMAGED') return whole.left;
    found('FILE_DAMAGED', undefined, whole.left.detail);
  }
  return undefined;
};

/** Reads the whole register. Left only where something did not answer; what is wrong is among the findings. */
export const verifyRegister = async (settings: VerifySettings): Promise<E.Either<CliFault, Verified>> => {
  const findings = gatherFindings(settings.most ?? 1000);
  const found: Found = (code, at, detail) =>
    findings.add({ code, stream: at?.stream ?? null, revision: at?.revision ?? null, detail });
  const file = await (settings.checkFile?.()() ?? E.right(undefined));
  if (E.isLeft(file)) {
    if (file.left.code !== 'STORE_CORRUPT') return E.left(fromStoreFault(file.left));
    found('FILE_DAMAGED', undefined, file.left.detail);
  }
  const beside = await checkFiles(settings.files ?? [], found);
  if (beside !== undefined) return E.left(beside);
  const soundness = createSoundness(settings.sha256);
  const sealedCheck = settings.vault === undefined ? undefined : createSealedCheck(settings.vault, found);
  const evidenceCheck = createEvidenceCheck({
    store: settings.evidence,
    sealed: sealedCheck,
    sha256: settings.sha256,
    found,
  });
  let done = 0;
  let unknown = 0;
  let sealed = 0;
  const portals = new Set<string>();

  const look = async (recorded: RecordedEvent): Promise<CliFault | undefined> => {
    const { event, isUnknown, faults } = soundness.look(recorded);
    for (const { code, detail } of faults) found(code, recorded, detail);
    done += 1;
    if (isUnknown) unknown += 1;
    if (recorded.revision === 0) portals.add(portalOf(recorded.stream));
    if (event === undefined) return undefined;
    if (event.sealed !== undefined) sealed += 1;
    return (await sealedCheck?.check(event)) ?? evidenceCheck.check(event);
  };

  for await (const page of eventsOf(settings.events)) {
    if (E.isLeft(page)) {
      if (page.left.code !== 'STORE_CORRUPT') return E.left(fromStoreFault(page.left));
      found('FILE_DAMAGED', undefined, `after ${done} events: ${page.left.detail}`);
      break;
    }
    for (const recorded of page.right) {
      const fault = await look(recorded);
      if (fault !== undefined) return E.left(fault);
    }
    settings.onEvent?.(done);
  }
  const opened = sealedCheck?.finish();
  return E.right({
    ...findings.all(),
    events: done,
    streams: soundness.streams(),
    unknown,
    portals: [...portals].sort(),
    sealed: { total: sealed, readable: opened?.event.readable, forgotten: opened?.event.forgotten },
    evidence: {
      named: evidenceCheck.named(),
      checked: settings.evidence !== undefined,
      readable: opened?.evidence.readable,
      forgotten: opened?.evidence.forgotten,
    },
  });
};
