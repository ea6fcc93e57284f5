/**
 * Whether what is sealed can be opened, or the forgetting of its subject is on record.
 *
 * @packageDocumentation
 */
import type { KeyVault, StoredEvent } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import { type CliFault, fromVaultFault } from '../fault.js';
import type { Found, Place } from './findings.js';

/** Where a sealed text lies: in an event, or in the evidence that an event names. */
export type SealedIn = 'event' | 'evidence';

/** What became of a sealed text: its plain text, or that nobody can read it, which is told when all was read. */
type Opening = E.Either<CliFault, string | undefined>;

interface Unreadable {
  readonly at: Place;
  /** The vault is damaged; else it has no such key. */
  readonly isDamaged: boolean;
  readonly counts: Record<SealedIn, number>;
}

export interface SealedCounts {
  readonly readable: number;
  /** The key is gone, and a forgetting is on record. */
  readonly forgotten: number;
}

/** Opens sealed texts. Who cannot be read is told once, when the whole history was read. */
export interface SealedCheck {
  /** Remembers whose forgetting an event records, and opens what it has sealed. */
  readonly check: (event: StoredEvent) => Promise<CliFault | undefined>;
  readonly open: (
    where: SealedIn,
    at: Place,
    sealed: { readonly subject: string; readonly aad: string; readonly text: string },
    tampered: (detail: string) => void,
  ) => Promise<Opening>;
  readonly finish: () => Readonly<Record<SealedIn, SealedCounts>>;
}

/** Makes a {@link SealedCheck}. */
export const createSealedCheck = (vault: KeyVault, found: Found): SealedCheck => {
  const unreadable = new Map<string, Unreadable>();
  const forgotten = new Set<string>();
  const readable: Record<SealedIn, number> = { event: 0, evidence: 0 };

  const open: SealedCheck['open'] = async (where, at, { subject, aad, text }, tampered) => {
    const opened = await vault.open(subject, aad, text)();
    if (E.isRight(opened) && opened.right !== undefined) {
      readable[where] += 1;
      return opened;
    }
    if (E.isLeft(opened) && opened.left.code === 'VAULT_UNAVAILABLE')
      return E.left(fromVaultFault(opened.left));
    if (E.isLeft(opened) && opened.left.code === 'SEALED_TAMPERED') {
      tampered(opened.left.detail);
      return E.right(undefined);
    }
    const isDamaged = E.isLeft(opened);
    const key = `${isDamaged ? 'damaged' : 'gone'} ${subject}`;
    const known = unreadable.get(key) ?? { at, isDamaged, counts: { event: 0, evidence: 0 } };
    known.counts[where] += 1;
    unreadable.set(key, known);
    return E.right(undefined);
  };

  const check: SealedCheck['check'] = async (event) => {
    if (event.type === 'SubjectForgotten') forgotten.add(`gone ${event.data.person}`);
    if (event.type === 'ApplicantForgotten') forgotten.add(`gone review.${event.data.review}`);
    if (event.sealed === undefined) return undefined;
    const opened = await open('event', event.meta, event.sealed, () =>
      found('SEALED_TAMPERED', event.meta, `sealed part of ${event.type}`),
    );
    return E.isLeft(opened) ? opened.left : undefined;
  };

  const finish: SealedCheck['finish'] = () => {
    const counted: Record<SealedIn, number> = { event: 0, evidence: 0 };
    for (const [key, { at, isDamaged, counts }] of unreadable) {
      const { event, evidence } = counts;
      if (forgotten.has(key)) {
        counted.event += event;
        counted.evidence += evidence;
        continue;
      }
      const many = `${event + evidence} sealed parts cannot be read`;
      if (isDamaged) found('KEY_DAMAGED', at, `${many}: the vault has their key, and it is damaged`);
      else found('KEY_MISSING', at, `${many}, and no forgetting is on record`);
    }
    return {
      event: { readable: readable.event, forgotten: counted.event },
      evidence: { readable: readable.evidence, forgotten: counted.evidence },
    };
  };
  return { check, open, finish };
};
