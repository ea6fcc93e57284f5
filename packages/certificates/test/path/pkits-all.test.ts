/**
 * NIST PKITS 1.0.1, all 249 cases with their own inputs and their own CRLs: the path, and what the lists say of everyone
 * on it. PKITS follows RFC 5280, where a list speaks for all keys of its issuer's name (`signers: 'issuerName'`).
 */
import { suiteNeeding } from '@mandate/testing';
import * as E from 'fp-ts/lib/Either.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import * as assert from 'uvu/assert';
import {
  type Crl,
  type CrlContext,
  type CrlSource,
  checkRevocation,
  crlStatus,
  decodeCrl,
} from '../../src/index.js';
import { codeOf, memoise } from '../support.js';
import {
  type PkitsCase,
  pkitsCases,
  pkitsNeed,
  pkitsOctets,
  runPkitsCase,
  sectionOf,
} from './pkits-support.js';

const list = memoise((name) => decodeCrl(pkitsOctets('crls', `${name}.crl`))());

/** Whatever can be read of the case's lists, whoever is asked about: what does not fit must be seen by itself. */
const listsOf = async (one: PkitsCase): Promise<CrlSource> => {
  const read = await Promise.all(one.crls.map(list));
  const lists: ReadonlyArray<Crl> = read.flatMap((crl) => (E.isRight(crl) ? [crl.right] : []));
  return { find: () => TE.right(lists) };
};

/** The code of the refusal, or `accepted`. */
const outcome = async (one: PkitsCase, signers: NonNullable<CrlContext['signers']>): Promise<string> => {
  const crls = await listsOf(one);
  const run = await runPkitsCase(one, (path, { trust, extra = [], at }) =>
    checkRevocation(
      path,
      { status: (question) => crlStatus(question, crls, { trust, extra, signers }) },
      at,
    )(),
  );
  return codeOf(run);
};

/** Valid, and refused here: DSA is no algorithm of the GPKI, and WebCrypto has none. */
const dsa = ['4.1.4', '4.1.5'];

const deviations = async (signers: NonNullable<CrlContext['signers']>) => {
  const wrong: Array<{ readonly one: PkitsCase; readonly code: string }> = [];
  for (const one of pkitsCases()) {
    const code = await outcome(one, signers);
    if ((code === 'accepted') !== one.shouldValidate) wrong.push({ one, code });
  }
  return wrong;
};

const pkits = suiteNeeding('NIST PKITS: all cases with their CRLs', pkitsNeed);

pkits(
  '247 of 249 as expected, none accepted that must not be; refused though valid: two with DSA',
  async () => {
    assert.is(pkitsCases().length, 249);
    const wrong = await deviations('issuerName');
    assert.equal(
      wrong.map(({ one, code }) => [one.number, one.shouldValidate, code]),
      dsa.map((number) => [number, true, 'KEY_NOT_ACCEPTED']),
    );
  },
);

/** Valid where one list speaks for all keys of a name: the generations of a CA in the GPKI have a list each. */
const severalKeys = [
  '4.4.19',
  '4.5.1',
  '4.5.4',
  '4.6.15',
  '4.6.17',
  '4.9.6',
  '4.11.7',
  '4.12.7',
  '4.12.9',
  '4.13.19',
];

pkits(
  'by default a list speaks for one key: none accepted that must not be, ten more are refused',
  async () => {
    const wrong = await deviations('issuerKey');
    assert.equal(
      wrong.map(({ one, code }) => [one.number, one.shouldValidate, code]),
      [
        ...dsa.map((number) => [number, true, 'KEY_NOT_ACCEPTED']),
        ...severalKeys.map((number) => [number, true, 'CRL_SIGNER_NOT_TRUSTED']),
      ],
    );
  },
);

/** Why each case is refused that a list decides. The number is that of the case. */
const reasons: Readonly<Record<string, string>> = {
  // No list of the CA at all, or one that cannot be read: what is left is that of the root.
  '4.4.1': 'CRL_ISSUER_MISMATCH',
  '4.4.2': 'ISSUER_REVOKED',
  '4.4.3': 'CERTIFICATE_REVOKED',
  '4.4.4': 'CRL_ISSUER_MISMATCH',
  '4.4.5': 'CRL_ISSUER_MISMATCH',
  '4.4.6': 'CRL_ISSUER_MISMATCH',
  '4.4.8': 'CRL_EXTENSION_UNKNOWN',
  '4.4.9': 'CRL_EXTENSION_UNKNOWN',
  '4.4.10': 'CRL_EXTENSION_UNKNOWN',
  '4.4.11': 'CRL_STALE',
  '4.4.12': 'CRL_STALE',
  '4.4.15': 'CERTIFICATE_MALFORMED',
  '4.4.18': 'CERTIFICATE_REVOKED',
  '4.4.20': 'CERTIFICATE_REVOKED',
  '4.4.21': 'CRL_SIGNER_NOT_TRUSTED',
  '4.5.2': 'CERTIFICATE_REVOKED',
  '4.5.5': 'CERTIFICATE_REVOKED',
  '4.5.7': 'CERTIFICATE_REVOKED',
  '4.7.4': 'CRL_SIGNER_NOT_TRUSTED',
  '4.7.5': 'CRL_SIGNER_NOT_TRUSTED',
  '4.14.2': 'CERTIFICATE_REVOKED',
  '4.14.3': 'CRL_OUT_OF_SCOPE',
  '4.14.6': 'CERTIFICATE_REVOKED',
  '4.14.8': 'CRL_OUT_OF_SCOPE',
  '4.14.9': 'CRL_OUT_OF_SCOPE',
  '4.14.11': 'CRL_OUT_OF_SCOPE',
  '4.14.12': 'CRL_OUT_OF_SCOPE',
  '4.14.14': 'CRL_OUT_OF_SCOPE',
  '4.14.15': 'CERTIFICATE_REVOKED',
  '4.14.16': 'CERTIFICATE_ON_HOLD',
  '4.14.17': 'CRL_REASONS_INCOMPLETE',
  '4.14.20': 'CERTIFICATE_REVOKED',
  '4.14.21': 'CERTIFICATE_REVOKED',
  '4.14.23': 'CERTIFICATE_REVOKED',
  '4.14.26': 'CRL_ISSUER_MISMATCH',
  '4.14.27': 'CRL_OUT_OF_SCOPE',
  '4.14.31': 'CERTIFICATE_REVOKED',
  '4.14.32': 'CERTIFICATE_REVOKED',
  '4.14.34': 'CERTIFICATE_REVOKED',
  '4.14.35': 'CRL_OUT_OF_SCOPE',
  '4.15.1': 'CRL_DELTA_MISMATCH',
  '4.15.3': 'CERTIFICATE_REVOKED',
  '4.15.4': 'CERTIFICATE_REVOKED',
  '4.15.6': 'CERTIFICATE_REVOKED',
  '4.15.9': 'CERTIFICATE_REVOKED',
  // The delta is on a newer list than the one that is there, which has ended as well.
  '4.15.10': 'CRL_STALE',
};

pkits('the reason given is the reason of the case, for every case that a list decides', async () => {
  const decidedByList = pkitsCases().filter(
    (one) =>
      !one.shouldValidate && (['4.4', '4.14', '4.15'].includes(sectionOf(one)) || one.number in reasons),
  );
  assert.is(decidedByList.length, Object.keys(reasons).length);
  for (const one of decidedByList) {
    assert.is(await outcome(one, 'issuerName'), reasons[one.number], `${one.number} ${one.title}`);
  }
});

pkits.run();
