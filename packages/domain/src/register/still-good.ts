/**
 * Whether cards that were confirmed minutes ago have been revoked since. What is valid by its dates is asked of each step
 * (`step.ts`); this asks the source of revocation.
 *
 * @packageDocumentation
 */
import {
  checkRevocation,
  decodeCertificates,
  type RevocationSource,
  type TrustStore,
} from '@mandate/certificates';
import * as E from 'fp-ts/lib/Either.js';
import { isMeans, type SeenCredential } from '../credential/credential.js';
import { type RegisterError, registerError } from '../errors.js';
import type { PortalPolicy } from '../policy/policy.js';
import type { Sha256 } from '../ports/clock.js';
import type { EvidenceStore } from '../ports/evidence-store.js';
import type { KeyVault } from '../ports/key-vault.js';
import { fromBase64 } from './bytes.js';
import type { ActingCard } from './confirmation.js';
import { findBundle } from './evidence.js';
import { fromCertificateError } from './identify.js';
import type { Recent } from './recent.js';

/** That the source was asked about a card, when, and what came of it: commands that come together share one question. */
export interface Asked {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly answer: Result<void>;
}

/** What asking takes. */
export interface AskingPorts {
  readonly trust: TrustStore;
  readonly revocation: RevocationSource;
  readonly vault: KeyVault;
  readonly evidence: EvidenceStore;
  readonly sha256: Sha256;
  readonly policy: Pick<PortalPolicy, 'revocationSeconds'>;
  /** What was asked lately, by the hash of the card's evidence. */
  readonly asked: Recent<Asked>;
}

type Result<A> = Promise<E.Either<RegisterError, A>>;

/** A card whose certificate was verified, and the proof of it. */
interface Certified {
  readonly evidence: string;
  readonly credential: SeenCredential;
}

/** Notes that a card was found good at `at` (ISO, UTC), when its answer was verified. */
export const noteGood = (ports: AskingPorts, card: ActingCard, at: string): void => {
  ports.asked.put(card.evidence, { at: Date.parse(at), answer: Promise.resolve(E.right(undefined)) });
};

/**
 * Right where none of these cards is revoked at `at` (ISO, UTC), as the source said no longer ago than `seconds`. As when
 * a card is shown, no answer is a no: `CERTIFICATE_REVOKED`, `CERTIFICATE_ON_HOLD`, `ISSUER_REVOKED`, `REVOCATION_UNKNOWN`.
 */
export const stillGood = async (
  ports: AskingPorts,
  cards: ReadonlyArray<ActingCard>,
  at: string,
  seconds: number = ports.policy.revocationSeconds,
): Result<void> => {
  for (const { evidence, credential } of cards) {
    // Means have no list of revoked ones: their service is asked each time that they are shown.
    if (isMeans(credential)) continue;
    const good = await answerFor(ports, { evidence, credential }, at, seconds);
    if (E.isLeft(good)) return good;
  }
  return E.right(undefined);
};

const answerFor = (ports: AskingPorts, card: Certified, at: string, seconds: number): Result<void> => {
  const now = Date.parse(at);
  const known = ports.asked.get(card.evidence);
  // An answer from the future is one of a clock that has been put back since.
  if (known !== undefined && known.at <= now && now < known.at + seconds * 1000) return known.answer;
  const answer = ask(ports, card, at);
  ports.asked.put(card.evidence, { at: now, answer });
  return forgettingRefusals(ports, card, answer);
};

/** The next who asks after a refusal asks the source: it may only have been out of reach. */
const forgettingRefusals = async (ports: AskingPorts, card: Certified, asked: Result<void>): Result<void> => {
  const answer = await asked;
  if (E.isLeft(answer) && ports.asked.get(card.evidence)?.answer === asked) {
    ports.asked.drop(card.evidence);
  }
  return answer;
};

/** Asks about the path that was verified when the card was shown. */
const ask = async (ports: AskingPorts, card: Certified, at: string): Result<void> => {
  const found = await findBundle(ports, card.evidence);
  if (E.isLeft(found)) return found;
  const { ca } = card.credential;
  if (found.right._tag !== 'Bundle') {
    return E.left(registerError('REVOCATION_UNKNOWN', { ca, detail: 'the evidence of the card is gone' }));
  }
  const path = await decodeCertificates(found.right.bundle.path.map(fromBase64), ports.trust.cache)();
  if (E.isLeft(path)) return E.left(fromCertificateError(path.left));
  const answers = await checkRevocation(path.right, ports.revocation, new Date(at))();
  return E.isLeft(answers) ? E.left({ ...fromCertificateError(answers.left), ca }) : E.right(undefined);
};
