/** What the worst inputs cost that could be found: each is judged with nothing known before. */
import {
  certificateCache,
  decodeCertificate,
  memoryRevocation,
  trustStore,
  verifySignedData,
} from '@mandate/certificates';
import { createTestPki } from '@mandate/certificates/test-pki';
import { right } from '../lib/either.js';
import { median } from '../lib/stats.js';
import { type HostileInput, hostileChallenge, hostileInputs } from '../world/hostile.js';
import { loginTime as at, loginProfile as profile } from '../world/logins.js';

export interface HostileParams {
  /** How often each is judged. */
  readonly times: number;
}

export interface HostileFigure {
  readonly name: string;
  readonly kind: HostileInput['kind'];
  readonly bytes: number;
  readonly medianMs: number;
  /** `undefined` where a certificate could be read. */
  readonly refusal: string | undefined;
}

export const hostile = async (
  _folder: string,
  { times }: HostileParams,
): Promise<{ readonly inputs: ReadonlyArray<HostileFigure> }> => {
  const pki = await createTestPki({ cas: ['MOICA'] });
  const trust = right(await trustStore({ ...pki.trustInput, cache: certificateCache({ maxEntries: 0 }) })());
  const revocation = memoryRevocation();
  const content = hostileChallenge;
  const judge = async ({ kind, octets }: HostileInput): Promise<string | undefined> => {
    const answer =
      kind === 'certificate'
        ? await decodeCertificate(octets)()
        : await verifySignedData({ cms: octets, content, trust, at, revocation, profile })();
    return answer._tag === 'Left' ? answer.left.code : undefined;
  };
  const figures: HostileFigure[] = [];
  for (const input of await hostileInputs()) {
    const refusal = await judge(input);
    if (input.kind === 'answer' && refusal === undefined) throw new Error(`${input.name} was let in`);
    const samples: number[] = [];
    for (let i = 0; i < times; i++) {
      const before = performance.now();
      await judge(input);
      samples.push(performance.now() - before);
    }
    const { name, kind, octets } = input;
    figures.push({ name, kind, bytes: octets.length, medianMs: median(samples), refusal });
  }
  return { inputs: figures };
};
