import { randomBytes } from 'node:crypto';
import {
  type CertificateProfile,
  gpkiPolicies,
  revocationSource,
  verifyCertificate,
} from '@mandate/certificates';
import { createTestPki, type TestCard, type TestPki } from '@mandate/certificates/test-pki';
import * as E from 'fp-ts/lib/Either.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { octets, redirect, reset, silence, status } from '../../src/testing/index.js';
import { inFolder } from '../folder.js';
import { type HandClock, handClock, until } from '../support.js';
import { type GpkiOnTheWeb, putOnTheWeb } from './gpki-on-the-web.js';

const citizen: CertificateProfile = {
  subjectTypes: ['citizen'],
  cas: ['MOICA'],
  policies: [gpkiPolicies.level3],
  use: 'sign',
  minRsaBits: 2048,
};

type Order = 'ocspFirst' | 'crlFirst';

let pki: TestPki;

interface Desk {
  readonly clock: HandClock;
  readonly gpki: GpkiOnTheWeb;
  readonly card: TestCard;
  /** `good`, or the code of the refusal. */
  readonly judge: (order?: Order) => Promise<string>;
}

const withDesk = async (
  run: (desk: Desk) => Promise<void>,
  options: Parameters<typeof putOnTheWeb>[2] = {},
): Promise<void> => {
  const clock = handClock();
  const gpki = await putOnTheWeb(pki, clock, options);
  const card = await pki.issueCitizen({ name: '林美玉', last4: '6789' });
  const random = (length: number): Uint8Array => new Uint8Array(randomBytes(length));
  const judge: Desk['judge'] = async (order = 'ocspFirst') => {
    const { crls, ocsp } = gpki;
    const revocation = revocationSource({ trust: pki.trust, crls, ocsp, random, order });
    const terms = { trust: pki.trust, at: new Date(clock.now()), profile: citizen };
    const der = new Uint8Array(Buffer.from(card.record.certificate, 'hex'));
    const verified = await verifyCertificate({ der, revocation, ...terms })();
    return E.isLeft(verified) ? verified.left.code : 'good';
  };
  try {
    await run({ clock, gpki, card, judge });
  } finally {
    await gpki.close();
  }
};

const hour = 3_600_000;

const revocation = suite('a certificate is judged by what its CA has on the web');

revocation.before(async () => {
  pki = await createTestPki({ cas: ['MOICA'] });
});

revocation('good, by the responder and by the lists', () =>
  withDesk(async ({ judge, gpki }) => {
    assert.is(await judge('ocspFirst'), 'good');
    assert.ok(gpki.asked().responders > 0);
    assert.is(await judge('crlFirst'), 'good');
    assert.ok(gpki.asked().lists > 0);
  }),
);

revocation('revoked, held and released: the responder tells at once', () =>
  withDesk(async ({ judge, card, clock }) => {
    pki.hold(card, new Date(clock.now() - 1000));
    assert.is(await judge(), 'CERTIFICATE_ON_HOLD');
    clock.advance(1000);
    pki.release(card, new Date(clock.now()));
    clock.advance(1000);
    assert.is(await judge(), 'good');
    pki.revoke(card, new Date(clock.now()), 'keyCompromise');
    clock.advance(1000);
    assert.is(await judge(), 'CERTIFICATE_REVOKED');
  }),
);

revocation(
  'revoked by the lists: told with the next list, an hour later at most where the CA publishes it',
  () =>
    withDesk(async ({ judge, card, clock, gpki }) => {
      assert.is(await judge('crlFirst'), 'good');
      pki.revoke(card, new Date(clock.now() + 1000));
      clock.advance(hour);
      await judge('crlFirst');
      const before = gpki.asked().lists;
      await until(async () => (await judge('crlFirst')) === 'CERTIFICATE_REVOKED');
      assert.ok(gpki.asked().lists >= before);
    }),
);

revocation('a warm question asks nobody: a hundred log-ins are one download of each list', () =>
  withDesk(async ({ judge, gpki }) => {
    assert.is(await judge('crlFirst'), 'good');
    const once = gpki.asked();
    for (let i = 0; i < 100; i += 1) assert.is(await judge('crlFirst'), 'good');
    assert.equal(gpki.asked(), once);
  }),
);

revocation('where the responder is down the lists answer, and the other way round', () =>
  withDesk(async ({ judge, gpki }) => {
    gpki.disturb({ responders: status(503) });
    assert.is(await judge('ocspFirst'), 'good');
    gpki.disturb({ lists: reset() });
    assert.is(await judge('crlFirst'), 'good');
  }),
);

revocation('where both are down nobody is let in, whatever they answer with', async () => {
  const page = octets(Buffer.from('<html><body>系統維護中</body></html>'));
  for (const reply of [status(404), page, octets(new Uint8Array(0)), redirect('/'), reset(), silence]) {
    await withDesk(
      async ({ judge, gpki }) => {
        gpki.disturb({ lists: reply, responders: reply });
        const code = await judge();
        assert.ok(code === 'REVOCATION_UNKNOWN' || /^(OCSP|CRL)_/.test(code), code);
      },
      { deadlineMilliseconds: 200 },
    );
  }
});

revocation('an outdated list does not go on when its CA falls silent', () =>
  withDesk(async ({ judge, clock, gpki }) => {
    assert.is(await judge('crlFirst'), 'good');
    gpki.disturb({ lists: status(503), responders: status(503) });
    assert.is(await judge('crlFirst'), 'good');
    clock.advance(60 * 24 * hour);
    assert.is.not(await judge('crlFirst'), 'good');
  }),
);

revocation('a list that the CA still publishes although it is outdated is CRL_STALE', () =>
  withDesk(async ({ judge, clock, gpki }) => {
    assert.is(await judge('crlFirst'), 'good');
    gpki.freeze();
    gpki.disturb({ responders: status(503) });
    clock.advance(60 * 24 * hour);
    assert.is(await judge('crlFirst'), 'CRL_STALE');
  }),
);

revocation('after a restart without network the lists on disk let people in, until they are outdated', () =>
  inFolder((cacheFolder) =>
    withDesk(
      async ({ judge, clock, gpki }) => {
        assert.is(await judge('crlFirst'), 'good');
        await gpki.restart();
        gpki.disturb({ lists: reset(), responders: reset() });
        assert.is(await judge('crlFirst'), 'good');
        clock.advance(60 * 24 * hour);
        assert.is.not(await judge('crlFirst'), 'good');
      },
      { cacheFolder },
    ),
  ),
);

revocation.run();
