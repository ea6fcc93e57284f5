/** A root, a CA, its certificates and its lists, for the tests of what lists say. */
import * as TE from 'fp-ts/lib/TaskEither.js';
import type { Extension } from '../../../src/certificate.js';
import { keyUsageExtension } from '../../../src/der/encode-certificate.js';
import { distributionPointsExtension, type PointSpec } from '../../../src/der/encode-crl.js';
import {
  type Certificate,
  type Crl,
  type CrlContext,
  type CrlSource,
  crlStatus,
  decodeCrl,
  type RevocationQuestion,
} from '../../../src/index.js';
import { type CrlSpec, makeCrl } from '../../../src/test-pki/index.js';
import { keyNamed, leaf, link, trusting } from '../../path/support.js';
import { accepted, memoise, refusal, text } from '../../support.js';
import { day, nameDer, serialOctets } from './support.js';

export const now = day('2026-03-02');
export const partition = 'http://ca.test.invalid/CRL_0001.crl';
export const complete = 'http://ca.test.invalid/complete.crl';

const once = memoise((name) => link({ subject: name, issuer: name }));
export const root = (): Promise<Certificate> => once('Root');
const under = memoise((name) => link({ subject: name, issuer: 'Root' }));
/** A CA under the root. */
export const ca = (name = 'CA'): Promise<Certificate> => under(name);

/** A certificate of the CA with these points; by default those of the GPKI, partition first. */
export const card = (
  points: ReadonlyArray<PointSpec> = [{ uris: [partition] }, { uris: [complete] }],
  more: ReadonlyArray<Extension> = [],
  issuer = 'CA',
): Promise<Certificate> =>
  leaf(issuer, {
    extensions: [
      keyUsageExtension(['digitalSignature']),
      ...(points.length === 0 ? [] : [distributionPointsExtension(points)]),
      ...more,
    ],
  });

/** A list of the CA, signed by its key: of a week, with nobody on it. */
export const listDer = async (
  change: Partial<Omit<CrlSpec, 'issuer' | 'signer'>> & {
    issuer?: string;
    signer?: string;
    absent?: 'nextUpdate';
  } = {},
): Promise<Uint8Array> => {
  const { issuer = 'CA', signer = issuer, absent, ...spec } = change;
  return makeCrl({
    thisUpdate: day('2026-03-01'),
    ...(absent === 'nextUpdate' ? {} : { nextUpdate: day('2026-03-08') }),
    number: 10,
    authorityKey: text(signer),
    ...spec,
    issuer: nameDer(issuer),
    signer: await keyNamed(signer),
  });
};

export const listOf = async (change: Parameters<typeof listDer>[0] = {}): Promise<Crl> =>
  accepted(decodeCrl(await listDer(change)));

/** An entry for a certificate. */
export const entryFor = (
  certificate: Certificate,
  change: Partial<NonNullable<CrlSpec['entries']>[number]> = {},
) => ({
  serial: serialOctets(certificate.serialNumber),
  revokedAt: day('2026-02-01'),
  ...change,
});

/** Lists by address; under the empty one those that are asked for without an address. */
export const source = (lists: Readonly<Record<string, ReadonlyArray<Crl>>>): CrlSource => ({
  find: ({ uris }) => {
    const found = (uris.length === 0 ? [''] : uris)
      .map((uri) => lists[uri])
      .find((there) => there !== undefined);
    return found === undefined ? TE.left({ code: 'UNREACHABLE', detail: 'no such host' }) : TE.right(found);
  },
});

export const everywhere = (...lists: ReadonlyArray<Crl>): CrlSource => ({ find: () => TE.right(lists) });

const questionAbout = async (certificate: Certificate, at: Date): Promise<RevocationQuestion> => {
  const issuer =
    certificate.issuer.text === 'C=TW,OU=Root' ? await root() : await ca(certificate.issuer.text.slice(8));
  return { certificate, issuer, anchor: await root(), at };
};

const asking = async (
  certificate: Certificate,
  crls: CrlSource,
  change: Partial<CrlContext> & { readonly at?: Date } & Partial<RevocationQuestion>,
) => {
  const { at = now, issuer, anchor, ...context } = change;
  const question = await questionAbout(certificate, at);
  return crlStatus(
    { ...question, ...(issuer === undefined ? {} : { issuer }), ...(anchor === undefined ? {} : { anchor }) },
    crls,
    { trust: await trusting(await root()), ...context },
  );
};

type Change = Parameters<typeof asking>[2];

export const answer = async (certificate: Certificate, crls: CrlSource, change: Change = {}) =>
  accepted(await asking(certificate, crls, change));

/** The status, or the code of the refusal. */
export const outcome = async (
  certificate: Certificate,
  crls: CrlSource,
  change: Change = {},
): Promise<string> => {
  const task = await asking(certificate, crls, change);
  const either = await task();
  return either._tag === 'Left' ? refusal(async () => either) : either.right.status;
};

export const errorOf = async (certificate: Certificate, crls: CrlSource, change: Change = {}) => {
  const task = await asking(certificate, crls, change);
  const either = await task();
  if (either._tag === 'Right') throw new Error(`answered ${either.right.status}`);
  return either.left;
};
