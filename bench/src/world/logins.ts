/** Cards that log in: a small PKI, and what its cards answered. Made once, read by everyone who is measured. */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CertificateProfile, gpkiPolicies, type TrustStoreInput } from '@mandate/certificates';
import {
  type CrlSpec,
  createTestPki,
  makeCrl,
  type TestCard,
  type TestPki,
} from '@mandate/certificates/test-pki';
import { personName } from './people.js';

/** What a manager's card must be (checklist GEPI-9). */
export const loginProfile: CertificateProfile = {
  subjectTypes: ['citizen'],
  cas: ['MOICA'],
  policies: [gpkiPolicies.level3],
  use: 'sign',
  minRsaBits: 2048,
};

/** The time at which all cards log in. */
export const loginTime = new Date('2026-03-02T01:00:00Z');

/** A challenge, and what a card made of it. */
export interface Login {
  readonly content: Uint8Array;
  readonly cms: Uint8Array;
}

export interface LoginWorld {
  readonly trust: TrustStoreInput;
  /** DER: the CA that issued the cards, and the root above it. */
  readonly issuer: Uint8Array;
  readonly root: Uint8Array;
  /** Answer by answer, all cards in turn: login `i` is by card `i % cards`. Each card has a key of its own. */
  readonly cards: number;
  readonly logins: ReadonlyArray<Login>;
  /** What the CAs publish: the address of a list, and its octets. */
  readonly lists: ReadonlyArray<{ readonly uri: string; readonly der: Uint8Array }>;
  /** By a card that stands in the list. Only who asks about revocation can refuse it. */
  readonly revoked: Login;
  /** What must be refused, and by everyone. */
  readonly forged: Readonly<Record<'otherContent' | 'otherSignature' | 'strangersCard', Login>>;
}

export interface LoginWorldParams {
  readonly file: string;
  readonly cards: number;
  readonly answersPerCard: number;
  /** Certificates in the list of the CA that issued the cards. */
  readonly listed: number;
}

export const loginFile = (folder: string): string => join(folder, 'logins.json');

const utf8 = new TextEncoder();

/** About as long as a portal's challenge in canonical JSON. */
export const challengeOf = (number: number): Uint8Array =>
  utf8.encode(
    JSON.stringify({
      agencyCode: 'A0001',
      expiresAt: '2026-03-02T01:10:00.000Z',
      nonce: number.toString(16).padStart(64, '0'),
      origin: 'https://portal.test.invalid',
      portal: 'gepi',
      purpose: 'register',
    }),
  );

/** As the GPKI's own component answers: signing time, nonce and card number besides the two attributes that count. */
export const answerOf = async (card: TestCard, number: number): Promise<Login> => {
  const content = challengeOf(number);
  const nonce = String(number).padStart(16, '0');
  return { content, cms: await card.sign(content, { signingTime: loginTime, nonce, withCardNumber: true }) };
};

/** The same octets with one bit of the octet at `position` (from the end when negative) turned over. */
const flipped = (octets: Uint8Array, position: number): Uint8Array => {
  const copy = octets.slice();
  const index = position < 0 ? copy.length + position : position;
  copy[index] = (copy[index] ?? 0) ^ 1;
  return copy;
};

const positionOf = (part: Uint8Array, whole: Uint8Array): number =>
  Buffer.from(whole.buffer, whole.byteOffset, whole.length).indexOf(part);

const asText = (octets: Uint8Array): string => Buffer.from(octets).toString('base64');
const isOctets = (value: unknown): value is { readonly octets: string } =>
  typeof value === 'object' && value !== null && 'octets' in value && typeof value.octets === 'string';

export const readLoginWorld = (file: string): LoginWorld =>
  JSON.parse(readFileSync(file, 'utf8'), (_, value: unknown) =>
    isOctets(value) ? Uint8Array.from(Buffer.from(value.octets, 'base64')) : value,
  );

/** The lists of the root and of the CA, with as many certificates as are asked for and one card. */
const listsOf = async (pki: TestPki, listed: number, revoked: TestCard): Promise<LoginWorld['lists']> => {
  const serial = (number: number): Uint8Array => {
    const octets = createHash('sha256').update(`listed ${number}`).digest().subarray(0, 16);
    return Uint8Array.from(octets, (octet, i) => (i === 0 ? (octet & 0x7f) | 1 : octet));
  };
  const listOf = (id: 'GRCA G2' | 'MOICA G3', entries: CrlSpec['entries']): Promise<Uint8Array> => {
    const { key, keyIdentifier, name } = pki.authority(id);
    return makeCrl({
      issuer: name,
      signer: key,
      authorityKey: keyIdentifier,
      thisUpdate: new Date('2026-03-02T00:00:00Z'),
      nextUpdate: new Date('2026-03-03T00:00:00Z'),
      number: 1,
      ...(entries === undefined ? {} : { entries }),
    });
  };
  const revokedAt = new Date('2026-02-01T00:00:00Z');
  const others = Array.from({ length: listed }, (_, i) => ({ serial: serial(i), revokedAt }));
  const own = { serial: Uint8Array.from(Buffer.from(revoked.serial.padStart(32, '0'), 'hex')), revokedAt };
  return [
    { uri: 'http://grca.test.invalid/CRL2/CA.crl', der: await listOf('GRCA G2', []) },
    {
      uri: 'http://moica-g3.test.invalid/crl/complete.crl',
      der: await listOf('MOICA G3', [...others, own]),
    },
  ];
};

/** Makes the PKI and signs; a key for each card takes most of the time. */
export const buildLogins = async (
  _folder: string,
  { file, cards, answersPerCard, listed }: LoginWorldParams,
): Promise<{ readonly logins: number; readonly answerBytes: number }> => {
  const pki = await createTestPki({ cas: ['MOICA'] });
  const issue = (index: number) => pki.issueCitizen({ name: personName(index), last4: '6789' });
  const issued: TestCard[] = [];
  // Keys are made by the threads of the pool: a few at a time keep them busy.
  for (let first = 0; first < cards; first += 8) {
    const some = Array.from({ length: Math.min(8, cards - first) }, (_, i) => issue(first + i));
    issued.push(...(await Promise.all(some)));
  }
  const logins: Login[] = [];
  for (let round = 0; round < answersPerCard; round++) {
    for (const card of issued) logins.push(await answerOf(card, logins.length));
  }

  const revoked = await issue(cards);
  const strangers = await (await pki.stranger()).issueCitizen({ name: personName(0), last4: '6789' });
  const [login] = logins;
  const issuer = pki.trustInput.issuers.find(({ generation }) => generation === 'G3');
  const root = pki.trustInput.anchors[1];
  if (login === undefined || issuer === undefined || root === undefined) throw new RangeError('no cards');
  const forged: LoginWorld['forged'] = {
    otherContent: {
      // What is told to be the challenge is what stands in the answer: only the digest can tell.
      content: flipped(login.content, 20),
      cms: flipped(login.cms, positionOf(login.content, login.cms) + 20),
    },
    otherSignature: { content: login.content, cms: flipped(login.cms, -1) },
    strangersCard: await answerOf(strangers, 0),
  };
  const world: LoginWorld = {
    trust: pki.trustInput,
    issuer: issuer.der,
    root: root.der,
    cards,
    logins,
    lists: await listsOf(pki, listed, revoked),
    revoked: await answerOf(revoked, logins.length),
    forged,
  };
  const text = JSON.stringify(world, (_, value: unknown) =>
    value instanceof Uint8Array ? { octets: asText(value) } : value,
  );
  writeFileSync(file, text);
  return { logins: logins.length, answerBytes: login.cms.length };
};
