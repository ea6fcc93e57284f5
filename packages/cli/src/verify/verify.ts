/**
 * Whether a register still holds what was written to it: file, chains, schema, sealed parts, evidence.
 *
 * @packageDocumentation
 */
import type {
  EventStore,
  EvidenceStore,
  KeyVault,
  RecordedEvent,
  Sha256,
  StoredEvent,
  StoreFault,
} from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import { type CliFault, cliFault, fromStoreFault } from '../fault.js';
import { eventsOf } from '../register/pages.js';
import { portalOf } from '../register/portal.js';
import { createSoundness } from '../register/sound.js';
import { type FindingCode, type Findings, gatherFindings } from './findings.js';

export interface VerifySettings {
  readonly events: EventStore;
  readonly sha256: Sha256;
  /** Checks the file below the events, where there is one. */
  readonly checkFile?: (() => TaskEither<StoreFault, void>) | undefined;
  /** Opens sealed parts; without it they are counted and not tried. */
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
  readonly evidence: { readonly named: number; readonly checked: boolean };
}

interface Place {
  readonly stream: string;
  readonly revision: number;
}

/** What is to be told once the whole history was read: who cannot be read, and whose forgetting is on record. */
const createSealedCheck = (
  vault: KeyVault,
  found: (code: FindingCode, at: Place, detail: string) => void,
) => {
  const unreadable = new Map<string, { readonly at: Place; count: number }>();
  const forgotten = new Set<string>();
  let readable = 0;

  const check = async (event: StoredEvent): Promise<CliFault | undefined> => {
    if (event.type === 'SubjectForgotten') forgotten.add(event.data.person);
    if (event.type === 'ApplicantForgotten') forgotten.add(`review.${event.data.review}`);
    if (event.sealed === undefined) return undefined;
    const { subject, text, aad } = event.sealed;
    const opened = await vault.open(subject, aad, text)();
    if (E.isLeft(opened)) {
      if (opened.left.code !== 'SEALED_TAMPERED') return cliFault('VAULT_FAULT', opened.left.detail);
      found('SEALED_TAMPERED', event.meta, `sealed part of ${event.type}`);
    } else if (opened.right === undefined) {
      const known = unreadable.get(subject);
      if (known === undefined) unreadable.set(subject, { at: event.meta, count: 1 });
      else known.count += 1;
    } else {
      readable += 1;
    }
    return undefined;
  };

  const finish = () => {
    let counted = 0;
    for (const [subject, { at, count }] of unreadable) {
      if (forgotten.has(subject)) counted += count;
      else found('KEY_MISSING', at, `${count} sealed parts cannot be read, and no forgetting is on record`);
    }
    return { readable, forgotten: counted };
  };
  return { check, finish };
};

// What events name again and again: the cards of one confirmation.
const rememberedHashes = 100_000;

const createEvidenceCheck = (
  store: EvidenceStore | undefined,
  found: (code: FindingCode, at: Place, detail: string) => void,
) => {
  const seen = new Set<string>();
  let named = 0;
  const check = async (event: StoredEvent): Promise<CliFault | undefined> => {
    named += event.meta.evidence.length;
    if (store === undefined) return undefined;
    for (const hash of event.meta.evidence) {
      if (seen.has(hash)) continue;
      if (seen.size >= rememberedHashes) seen.clear();
      seen.add(hash);
      const kept = await store.get(hash)();
      if (E.isLeft(kept)) return fromStoreFault(kept.left);
      if (kept.right === undefined) found('EVIDENCE_MISSING', event.meta, `evidence ${hash}`);
    }
    return undefined;
  };
  return { check, named: () => named };
};

/** Reads the whole register. Left only where something did not answer; what is wrong is among the findings. */
export const verifyRegister = async (settings: VerifySettings): Promise<E.Either<CliFault, Verified>> => {
  const findings = gatherFindings(settings.most ?? 1000);
  const found = (code: FindingCode, at: Place | undefined, detail: string): void =>
    findings.add({ code, stream: at?.stream ?? null, revision: at?.revision ?? null, detail });
  const file = await (settings.checkFile?.()() ?? E.right(undefined));
  if (E.isLeft(file)) {
    if (file.left.code !== 'STORE_CORRUPT') return E.left(fromStoreFault(file.left));
    found('FILE_DAMAGED', undefined, file.left.detail);
  }
  const soundness = createSoundness(settings.sha256);
  const sealedCheck = settings.vault === undefined ? undefined : createSealedCheck(settings.vault, found);
  const evidenceCheck = createEvidenceCheck(settings.evidence, found);
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
    sealed: { total: sealed, readable: opened?.readable, forgotten: opened?.forgotten },
    evidence: { named: evidenceCheck.named(), checked: settings.evidence !== undefined },
  });
};
