import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  caOf,
  HolderCredential,
  isMeans,
  isSeen,
  meansOf,
  PersonMeans,
  RootCredential,
  replacementCause,
  sameCertificate,
  validAt,
} from '../../src/credential/credential.js';
import { hex64, people, seen, typed } from '../register/fixtures.js';

const person = fc.nat({ max: 0xffffffff }).map(hex64);
const kind = fc.constantFrom('registeredCard' as const, 'account' as const);

const means = suite('means of a person that are no certificate');

means('X-2: they have an issuer and a serial in its normal form, as certificates have', () => {
  fc.assert(
    fc.property(kind, person, (proof, who) => {
      const made = meansOf(proof, who);
      assert.ok(PersonMeans.is(made));
      assert.ok(RootCredential.is(made) && HolderCredential.is(made));
      assert.is(made.person, who);
    }),
  );
});

means('X-2: the same means of one person are the same, another’s or of another kind are not', () => {
  fc.assert(
    fc.property(kind, person, kind, person, (a, p, b, q) => {
      assert.is(sameCertificate(meansOf(a, p), meansOf(b, q)), a === b && p === q);
    }),
  );
});

means('X-2: they are no certificate: no CA helps, nothing tells their validity, nothing was seen', () => {
  const one = meansOf('account', people.lin);
  assert.ok(isMeans(one) && !isSeen(one));
  assert.is(caOf(one), undefined);
  assert.is(validAt(one, '2026-03-02T00:00:00.000Z'), undefined);
  assert.is(replacementCause(one, seen('MOICA', 1)), 'unknown');
  assert.not(isMeans(seen('MOICA', 1)));
  assert.not(isMeans(typed(1)));
  assert.is(caOf(typed(1)), 'MOICA');
});

means.run();
