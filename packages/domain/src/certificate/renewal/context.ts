/**
 * What renewals stand on, with what follows from it.
 *
 * @packageDocumentation
 */
import type { RevocationSource, TrustStore } from '@mandate/certificates';
import type { CertificateAuthority } from '../../ports/certificate-authority.js';
import type { Clock, Sha256 } from '../../ports/clock.js';
import type { EventStore } from '../../ports/event-store.js';
import type { IdentityMatch } from '../../ports/identity-match.js';
import type { KeyVault } from '../../ports/key-vault.js';
import { createRegisterCodec } from '../../register/codec.js';
import type { RunContext } from '../../register/run.js';
import { createStreamCaches } from '../../register/stream-cache.js';
import { createStreams, type Streams } from '../../register/streams.js';
import { createTurns } from '../../register/turns.js';
import { gpkiCaRules, type RulesOfCas } from '../../renewal/ca-rules.js';
import type { RenewalPack } from './pack.js';
import { evolveRenewal, initialRenewal, type RenewalState } from './state.js';

export interface RenewalSettings {
  readonly pack: RenewalPack;
  readonly store: EventStore;
  readonly vault: KeyVault;
  readonly trust: TrustStore;
  readonly revocation: RevocationSource;
  readonly authority: CertificateAuthority;
  readonly clock: Clock;
  readonly sha256: Sha256;
  /** Full match of national IDs; without it the last four characters are compared, and recorded as such. */
  readonly identity?: IdentityMatch;
  /** @defaultValue the rules of the GPKI */
  readonly rules?: RulesOfCas;
  /** As in `RegisterSettings`. */
  readonly retries?: number;
  readonly clockToleranceMilliseconds?: number;
  /** How many folded streams are kept in memory. Default 1,000. */
  readonly cacheSize?: number;
}

export interface RenewalContext extends RenewalSettings, RunContext {
  readonly rules: RulesOfCas;
  readonly cards: Streams<RenewalState>;
}

export const renewalContext = (settings: RenewalSettings): RenewalContext => {
  const { store, sha256, rules = gpkiCaRules, cacheSize = 1000 } = settings;
  const codec = createRegisterCodec(sha256);
  const caches = createStreamCaches({ streams: cacheSize, events: 100 * cacheSize });
  return {
    ...settings,
    rules,
    codec,
    cards: createStreams({
      store,
      codec,
      sha256,
      caches,
      fold: { initial: initialRenewal, evolve: evolveRenewal },
    }),
    inTurn: createTurns(),
    now: () => new Date(settings.clock.now()).toISOString(),
  };
};
