import { decodeCertificate } from '@mandate/certificates';
import { singleUsePin } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { verifyOnce } from '../../src/drivers/verify.js';
import { knownTries } from '../../src/reader/known-tries.js';
import { signedByCard } from '../../src/reader/sign.js';
import { inTurn } from '../apdu/support.js';
import { citizen } from './support.js';

const octets = suite('octets of a PIN');

octets('the buffer that goes to the card is overwritten, whatever the card answers', async () => {
  for (const answer of ['9000', '63c2', '6983', '6f00', '']) {
    const data = Uint8Array.from(Buffer.from('123456'));
    await verifyOnce(inTurn(answer).session, { cla: 0, ins: 0x20, p1: 0, p2: 0x80, data });
    assert.equal(data, new Uint8Array(6), answer);
  }
});

octets('so is that from which a driver makes it, also where the driver throws', async () => {
  const certificate = await decodeCertificate((await citizen()).certificate)();
  assert.ok(E.isRight(certificate));
  for (const throws of [false, true]) {
    let seen: Uint8Array | undefined;
    let then = '';
    const signed = signedByCard(
      {
        certificate: certificate.right,
        cardNumber: undefined,
        form: { min: 6, max: 8, digitsOnly: true },
        key: { der: certificate.right.der, modulus: new Uint8Array(256) },
        prepared: Promise.resolve(E.right(undefined)),
        proof: undefined,
        prove: (pin, block) => {
          seen = pin;
          then = Buffer.from(pin).toString('ascii');
          const verified = throws
            ? Promise.reject(new Error('a driver at fault'))
            : Promise.resolve(E.right(undefined));
          return { verified, signature: Promise.resolve(E.right(block)) };
        },
      },
      Uint8Array.of(1),
      singleUsePin('246813'),
      knownTries().inReader('A'),
      false,
    );
    await signed.catch(() => undefined);
    assert.is(then, '246813');
    assert.equal(seen, new Uint8Array(6));
  }
});

octets.run();
