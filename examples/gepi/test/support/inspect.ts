/**
 * Looking into stores: everything that they were ever given, for tests that look for what must not be there, and every
 * event as a reader finds it.
 *
 * @packageDocumentation
 */
import {
  memoryChallengeStore,
  memoryEventStore,
  memoryEvidenceStore,
  memoryKeyVault,
  nodeSha256,
} from '@mandate/adapters-eventstore';
import {
  createChainCheck,
  createRegisterCodec,
  type OpenedEvent,
  openEvent,
  type RegisterSettings,
} from '@mandate/domain';
import { type Office, right, testSecret } from './office.js';

/** Memory stores that write down every text they are handed, and the vault's subjects with their keys' ids. */
export const openSettings = () => {
  const store = memoryEventStore();
  const evidence = memoryEvidenceStore();
  const challenges = memoryChallengeStore();
  const vault = memoryKeyVault({ secret: testSecret });
  const written: string[] = [];
  const subjects = new Set<string>();
  const note = (...texts: ReadonlyArray<string>): void => {
    written.push(...texts);
  };
  const overrides = {
    store,
    evidence: {
      ...evidence,
      put: (hash: string, subject: string, sealed: string) => {
        note('evidence', hash, subject, sealed);
        return evidence.put(hash, subject, sealed);
      },
    },
    challenges: {
      ...challenges,
      addChallenge: (record, now) => {
        note('challenge', JSON.stringify(record));
        return challenges.addChallenge(record, now);
      },
      saveConfirmation: (record, replaces) => {
        note('confirmation', JSON.stringify(record));
        return challenges.saveConfirmation(record, replaces);
      },
    },
    vault: {
      ...vault,
      seal: (subject, aad, plain) => {
        subjects.add(subject);
        return vault.seal(subject, aad, plain);
      },
    },
  } satisfies Partial<RegisterSettings>;
  return {
    overrides,
    /** One text of all that is stored: events to the byte, evidence, challenges, confirmations, keys. */
    everything: async (): Promise<string> => {
      const page = right(await store.readAll('start', 100_000)());
      const keys: string[] = [];
      for (const subject of [...subjects].sort()) {
        keys.push(`${subject} ${right(await vault.keyOf(subject)()) ?? 'none'}`);
      }
      return [...page.events.map((event) => JSON.stringify(event)), ...written, ...keys].join('\n');
    },
  };
};

const codec = createRegisterCodec(nodeSha256);

/** All events, with their personal part where it still opens; throws where a chain does not hold. */
export const readEverything = async ({ settings }: Office): Promise<ReadonlyArray<OpenedEvent>> => {
  const check = createChainCheck(nodeSha256);
  const opened: OpenedEvent[] = [];
  for (const recorded of right(await settings.store.readAll('start', 1000)()).events) {
    const decoded = codec.decode(recorded);
    if (decoded._tag !== 'Event') throw new Error(`${recorded.type} is ${decoded._tag}`);
    const fault = check(recorded, decoded.event.meta.chain.previous);
    if (fault !== undefined) throw new Error(`${fault._tag} at ${fault.stream}@${fault.revision}`);
    opened.push(right(await openEvent(settings.vault, decoded.event)));
  }
  return opened;
};
