/** Invented people, and the keys of a portal and of a service. */

import type { DependencyFault, IdentityAnswer, IdentityQuestion } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import {
  type ClientCredential,
  clientCredential,
  type HttpIdentityMatch,
  httpIdentityMatch,
  type IdentityServiceOptions,
} from '../../src/index.js';
import {
  type IdentityServer,
  type IdentityServerOptions,
  startIdentityServer,
} from '../../src/testing/index.js';
import { type HandClock, handClock, right, thisMachine } from '../support.js';
import { type ServerIdentity, serverIdentity } from '../tls.js';

export const lin = { subjectSerialNumber: '1010000000000001', nationalId: 'A123456789' };
export const chen = { subjectSerialNumber: '1010000000000002', nationalId: 'B234567896' };
export const wang = { subjectSerialNumber: '1010000000000003', nationalId: 'F131104093', activated: false };

export interface Keys {
  readonly portal: ServerIdentity;
  readonly service: ServerIdentity;
  readonly stranger: ServerIdentity;
}

export const makeKeys = async (): Promise<Keys> => ({
  portal: await serverIdentity(),
  service: await serverIdentity(),
  stranger: await serverIdentity(),
});

export const credentialOf = (keys: ServerIdentity): ClientCredential =>
  right(clientCredential({ certificate: keys.cert, key: keys.key }));

export const question = (person: typeof lin): IdentityQuestion => ({
  nationalId: person.nationalId,
  subjectSerialNumber: person.subjectSerialNumber,
  last4: person.nationalId.slice(-4),
});

export interface Office {
  readonly server: IdentityServer;
  readonly match: HttpIdentityMatch;
  readonly clock: HandClock;
  readonly ask: (person: typeof lin) => Promise<E.Either<DependencyFault, IdentityAnswer>>;
  /** Asks, expects a fault, and gives what it says. */
  readonly fault: (person?: typeof lin) => Promise<string>;
}

/** A service and a portal that asks it, for one test. */
export const withOffice = async (
  keys: Keys,
  run: (office: Office) => Promise<void>,
  portal: Partial<IdentityServiceOptions> = {},
  service: Partial<IdentityServerOptions> = {},
): Promise<void> => {
  const clock = handClock();
  const server = await startIdentityServer({
    people: [lin, chen, wang],
    clients: [keys.portal.cert],
    key: keys.service.key,
    clock,
    ...service,
  });
  const match = httpIdentityMatch({
    uri: server.uri,
    credential: credentialOf(keys.portal),
    answers: { by: 'signature', certificate: keys.service.cert },
    clock,
    allowAddresses: thisMachine,
    allowPlainHttp: true,
    ...portal,
  });
  const ask: Office['ask'] = (person) => match.match(question(person))();
  const fault: Office['fault'] = async (person = lin) => {
    const answer = await ask(person);
    if (E.isRight(answer)) throw new Error(`no fault: ${answer.right}`);
    return answer.left.detail;
  };
  try {
    await run({ server, match, clock, ask, fault });
  } finally {
    await match.close();
    await server.close();
  }
};
