/**
 * A CA on this machine that extends the cards of a test PKI.
 *
 * @packageDocumentation
 */
import { certificationRequest, decodeCertificate, renewalRequestInfo } from '@mandate/certificates';
import { createTestPki, restoreKey, type TestCard, type TestPki } from '@mandate/certificates/test-pki';
import type { RenewalAnswer } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import { type EstAuthority, type EstOptions, estAuthority } from '../../src/est/index.js';
import { type EstServer, type EstServerOptions, startEstServer } from '../../src/testing/index.js';
import { type HandClock, handClock, right } from '../support.js';

let shared: Promise<TestPki> | undefined;

/** One PKI for all tests of a file. */
export const sharedPki = (): Promise<TestPki> => {
  shared ??= createTestPki({ cas: ['MOICA'], keyPool: 2 });
  return shared;
};

/** Of the manual's dates, in years that the test PKI has: it can be extended from 2026-02-08 on (MOICA-6). */
export const cardToExtend = async (name = '王小明'): Promise<TestCard> =>
  (await sharedPki()).issueCitizen({
    name,
    last4: '6789',
    notBefore: new Date('2021-04-08T16:00:00Z'),
    notAfter: new Date('2026-04-09T15:59:59Z'),
  });

/** What the card's key signs of what a renewal asks. */
export const requestOf = async (card: TestCard): Promise<Uint8Array> => {
  const certificate = right(await decodeCertificate(card.certificate)());
  const info = renewalRequestInfo(certificate);
  const signature = await restoreKey(card.save().key).sign('SHA-256', info);
  return right(await certificationRequest(info, signature)());
};

export interface Scene {
  readonly card: TestCard;
  readonly server: EstServer;
  readonly authority: EstAuthority;
  readonly clock: HandClock;
  /** Asks for the card; throws where it is a fault. */
  readonly renew: () => Promise<RenewalAnswer>;
  /** The detail of the fault; throws where there was none. */
  readonly fault: () => Promise<string>;
}

export const withCa = async (
  use: (scene: Scene) => Promise<void>,
  change: {
    readonly server?: Partial<EstServerOptions>;
    readonly client?: Partial<EstOptions>;
  } = {},
): Promise<void> => {
  const card = await cardToExtend();
  const clock = handClock();
  const pki = await sharedPki();
  const server = await startEstServer({ pki, cards: () => [card], clock, ...change.server });
  const authority = estAuthority({
    uri: server.uri,
    clock,
    allowPlainHttp: true,
    allowAddresses: ['127.0.0.1'],
    ...change.client,
  });
  const request = await requestOf(card);
  const ask = authority.renew({ request, current: card.certificate });
  try {
    await use({
      card,
      server,
      authority,
      clock,
      renew: async () => right(await ask()),
      fault: async () => {
        const answer = await ask();
        if (E.isRight(answer)) throw new Error(`no fault: ${answer.right._tag}`);
        return answer.left.detail;
      },
    });
  } finally {
    await authority.close();
    await server.close();
  }
};
