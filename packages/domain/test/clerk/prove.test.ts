import * as E from 'fp-ts/lib/Either.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { authorizeClerk, proveCredential } from '../../src/clerk/decide.js';
import { given, recorded } from '../../src/testing/index.js';
import {
  catalogue,
  cataloguePublished,
  clerks,
  entry,
  people,
  policy,
  seen,
  typed,
  uuid,
} from '../register/fixtures.js';

const menuOne = given(catalogue, recorded([cataloguePublished()])).state;

const withClerk = (from = entry()) =>
  given(clerks, [])
    .when((state) => authorizeClerk(state, policy, menuOne, uuid(1), from))
    .givesTypes('ClerkAuthorized');

type Card = Parameters<typeof proveCredential>[1];
const card = (overrides: Partial<Card> = {}): Card => ({
  person: people.wang,
  credential: seen('MOICA', 20),
  identityProof: 'last4',
  ...overrides,
});

const showing = (shown: Card) => (state: ReturnType<typeof withClerk>['state']) =>
  E.map((proved: { readonly events: ReadonlyArray<never> | ReadonlyArray<object> }) => proved.events as [])(
    proveCredential(state, shown),
  );

const proves = suite("a clerk's card signs");

proves(
  'GEPI-35: the first signature proves a serial that was typed by hand, and only the first is an event',
  () => {
    const proved = {
      type: 'ClerkCredentialProved',
      data: { clerk: uuid(1), credential: seen('MOICA', 20), identityProof: 'last4' },
    } as const;
    const done = withClerk(entry({ credential: typed(20), identityProof: 'typed' }))
      .when(showing(card()))
      .gives(proved);
    assert.is(done.state.get(uuid(1))?.identityProof, 'last4');
    done.when(showing(card())).gives();
  },
);

proves('GEPI-34: a certificate that was only read is proved by its first signature too', () => {
  withClerk()
    .when(showing(card({ identityProof: 'full' })))
    .givesTypes('ClerkCredentialProved');
});

proves('GEPI-42: another certificate of a clerk is told from a stranger’s: by the person', () => {
  withClerk()
    .when(showing(card({ credential: seen('MOICA', 21) })))
    .refuses('CREDENTIAL_REPLACED');
});

proves('GEPI-42: … or by the card, which keeps its number in a renewal', () => {
  withClerk()
    .when(showing(card({ person: null, credential: seen('MOICA', 21, { card: 20 }), identityProof: null })))
    .refuses('CREDENTIAL_REPLACED');
});

proves('GEPI-2: who is no clerk is not authorised', () => {
  withClerk()
    .when(showing(card({ person: people.chen, credential: seen('MOICA', 30) })))
    .refuses('NOT_AUTHORIZED');
  withClerk()
    .when(showing(card({ person: null, credential: seen('MOICA', 30, { card: 0 }), identityProof: null })))
    .refuses('NOT_AUTHORIZED');
  withClerk(entry({ credential: typed(20), identityProof: 'typed' }))
    .when(showing(card({ person: null, credential: seen('MOICA', 30, { card: 20 }), identityProof: null })))
    .refuses('NOT_AUTHORIZED');
});

proves('GEPI-41: who was deleted is a stranger again', () => {
  given(clerks, [
    ...withClerk().events,
    ...recorded([{ type: 'ClerkRevoked', data: { clerk: uuid(1), cause: 'deleted' } }], { revision: 1 }),
  ])
    .when(showing(card()))
    .refuses('NOT_AUTHORIZED');
});

proves('GEPI-21: the certificate of the entry with another person behind it is refused', () => {
  withClerk()
    .when(showing(card({ person: people.chen })))
    .refuses('IDENTITY_MISMATCH');
});

proves('GEPI-21: a certificate whose holder nothing could be matched with proves nothing', () => {
  withClerk()
    .when(showing(card({ identityProof: null })))
    .refuses('IDENTITY_NOT_SHOWN');
});

proves.run();

const folds = suite('events about clerks who are not there');

folds('change nothing', () => {
  const about = recorded([
    {
      type: 'ClerkPermissionsChanged',
      data: { clerk: uuid(9), granted: ['query'], revoked: [], catalogueVersion: 1 },
    },
    { type: 'ClerkRevoked', data: { clerk: uuid(9), cause: 'deleted' } },
    {
      type: 'ClerkDetailsChanged',
      data: { clerk: uuid(9), person: people.wang },
      personal: { nationalId: 'A123456789', name: '王小明' },
      subject: people.wang,
    },
    {
      type: 'ClerkCredentialProved',
      data: { clerk: uuid(9), credential: seen('MOICA', 1), identityProof: 'full' },
    },
    {
      type: 'CertificateReplaced',
      data: {
        holder: 'clerk',
        clerk: uuid(9),
        previous: typed(1),
        next: typed(2),
        identityProof: 'typed',
        cause: 'unknown',
        organisation: null,
        review: null,
      },
    },
  ]);
  assert.is(given(clerks, about).state.size, 0);
});

folds.run();
