/** Evidence that has something to show: lists of the CAs, answers of a responder, and a card judged by them. */
import * as TE from 'fp-ts/lib/TaskEither.js';
import {
  type Crl,
  type CrlSource,
  crlStatus,
  decodeCrl,
  type Evidence,
  evidenceOf,
  judgeOcsp,
  type RevocationSource,
  readingEvidenceOf,
  verifyCertificate,
  verifySignedData,
} from '../../src/index.js';
import {
  type AuthorityId,
  makeCertId,
  makeCrl,
  makeOcspResponse,
  type TestCard,
  type TestPki,
} from '../../src/test-pki/index.js';
import { accepted, citizenProfile, sharedPki, termsOf, text, today } from '../support.js';

export const challenge = text('{"nonce":"Q2hhbGxlbmdl"}');

const hour = 3_600_000;
export const hoursAfter = (hours: number): Date => new Date(today.getTime() + hours * hour);

/** What a CA published: serials of revoked certificates and since when. */
export interface Published {
  readonly revoked?: ReadonlyArray<{ readonly serial: string; readonly since: Date }>;
  readonly thisUpdate?: Date;
  readonly nextUpdate?: Date;
}

const octetsOf = (serial: string): Uint8Array =>
  Uint8Array.from(serial.padStart(serial.length + (serial.length % 2), '0').match(/../g) ?? [], (pair) =>
    Number.parseInt(pair, 16),
  );

export const listOf = (pki: TestPki, id: AuthorityId, published: Published = {}): Promise<Uint8Array> => {
  const { name, key, keyIdentifier } = pki.authority(id);
  return makeCrl({
    issuer: name,
    signer: key,
    authorityKey: keyIdentifier,
    number: 1,
    thisUpdate: published.thisUpdate ?? hoursAfter(-1),
    nextUpdate: published.nextUpdate ?? hoursAfter(23),
    entries: (published.revoked ?? []).map(({ serial, since }) => ({
      serial: octetsOf(serial),
      revokedAt: since,
    })),
  });
};

const sourceOf = (lists: ReadonlyArray<Crl>): CrlSource => ({
  find: ({ issuer }) => TE.right(lists.filter((list) => list.issuer.normal === issuer.normal)),
});

/** A source over the lists of the citizens' CA and of the root. */
export const listSource = async (pki: TestPki, published: Published = {}): Promise<RevocationSource> => {
  const ders = [await listOf(pki, 'MOICA G3', published), await listOf(pki, 'GRCA G2')];
  const lists = await Promise.all(ders.map((der) => accepted(decodeCrl(der))));
  return { status: (question) => crlStatus(question, sourceOf(lists), { trust: pki.trust }) };
};

/** A source whose answers about the card are those of its CA's responder; about the CA, those of the root's list. */
export const responderSource = async (
  pki: TestPki,
  terms: { readonly nextUpdate: Date } | { readonly maxAge: number } = { nextUpdate: hoursAfter(1) },
): Promise<RevocationSource> => {
  const lists = await listSource(pki);
  const { key, name } = pki.authority('MOICA G3');
  return {
    status: (question) => async () => {
      if (question.certificate.basicConstraints?.ca === true) return lists.status(question)();
      const certId = await makeCertId(question.certificate, question.issuer);
      const times = { thisUpdate: hoursAfter(-1), ...('nextUpdate' in terms ? terms : {}) };
      const response = await makeOcspResponse({
        responderId: { byName: name },
        signer: key,
        producedAt: hoursAfter(-1),
        answers: [{ certId, status: 'good', ...times }],
      });
      return judgeOcsp({ ...terms, question, response, nonce: 'optional' })();
    },
  };
};

let holder: Promise<TestCard> | undefined;

export const citizen = async (): Promise<TestCard> => {
  holder ??= (await sharedPki()).issueCitizen({ name: '王小明', last4: '6789' });
  return holder;
};

/** Evidence of a card that signed, judged by a source; the card and the source are as they should be by default. */
export const signedEvidence = async (
  change: { readonly card?: TestCard; readonly revocation?: RevocationSource; readonly at?: Date } = {},
): Promise<Evidence> => {
  const pki = await sharedPki();
  const card = change.card ?? (await citizen());
  const revocation = change.revocation ?? (await listSource(pki));
  const cms = await card.sign(challenge, { withCardNumber: true });
  const terms = { ...termsOf(pki, { revocation }), ...(change.at === undefined ? {} : { at: change.at }) };
  return evidenceOf(
    await accepted(verifySignedData({ cms, content: challenge, ...terms })),
    challenge,
    citizenProfile,
  );
};

export const readEvidence = async (): Promise<Evidence> => {
  const pki = await sharedPki();
  const { certificate: der } = await citizen();
  const terms = termsOf(pki, { revocation: await listSource(pki) });
  const profile = { ...citizenProfile, use: 'any' } as const;
  return readingEvidenceOf(await accepted(verifyCertificate({ der, ...terms, profile })), today, profile);
};

/** The anchors and nothing else. */
export const anchorsOf = ({ trustInput }: TestPki) => ({ anchors: trustInput.anchors });
