/** The `openssl` command as responder and as relying party: it reads what we ask, and we what it answers, and the reverse. */
import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suiteNeeding } from '@mandate/testing';
import * as assert from 'uvu/assert';
import { fromHex } from '../../../src/bytes.js';
import {
  type Certificate,
  decodeOcspResponse,
  judgeOcsp,
  type OcspJudgement,
  ocspRequest,
  type RevocationAnswer,
} from '../../../src/index.js';
import { keyNamed } from '../../path/support.js';
import { accepted, codeOf } from '../../support.js';
import { answer, at, nonce, world } from './support.js';

const openssl = (...args: ReadonlyArray<string>): SpawnSyncReturns<string> =>
  spawnSync('openssl', args, { encoding: 'utf8' });

const need = {
  available: openssl('version').status === 0,
  reason: 'no openssl command',
  remedy: 'npm run setup:system',
};

const pem = (label: string, der: Uint8Array): string => {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
};

interface Desk {
  readonly path: (name: string) => string;
  readonly write: (name: string, content: string | Uint8Array) => string;
}

/** A folder with the world's certificates and keys, taken away afterwards. */
const atDesk = async <A>(work: (desk: Desk) => Promise<A>): Promise<A> => {
  const folder = mkdtempSync(join(tmpdir(), 'mandate-ocsp-'));
  const path = (name: string): string => join(folder, name);
  const write = (name: string, content: string | Uint8Array): string => {
    writeFileSync(path(name), content);
    return path(name);
  };
  try {
    const { anchor, issuer, certificate, responder } = await world();
    const named: ReadonlyArray<readonly [string, Certificate]> = [
      ['root', anchor],
      ['ca', issuer],
      ['holder', certificate],
      ['responder', responder],
    ];
    for (const [name, { der }] of named) write(`${name}.pem`, pem('CERTIFICATE', der));
    for (const name of ['ca', 'responder']) {
      const { privateKey } = (await keyNamed(name)).save();
      write(`${name}.key`, pem('PRIVATE KEY', fromHex(privateKey) ?? new Uint8Array(0)));
    }
    return await work({ path, write });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

type State = 'V' | 'R,keyCompromise' | 'R,certificateHold' | 'absent';

/** A line of openssl's index: state, end, revocation, serial, file, subject. */
const indexOf = (state: State, { serialNumber }: Certificate): string => {
  if (state === 'absent') return '';
  const revoked = state === 'V' ? '' : `260301000000Z,${state.slice(2)}`;
  const serial = serialNumber.length % 2 === 0 ? serialNumber : `0${serialNumber}`;
  return [state.charAt(0), '300101155959Z', revoked, serial, 'unknown', '/C=TW/OU=holder']
    .join('\t')
    .concat('\n');
};

interface Case {
  readonly state?: State;
  readonly signer?: 'responder' | 'ca';
  readonly request?: Parameters<typeof ocspRequest>[0]['digest'];
  readonly options?: ReadonlyArray<string>;
}

/** What openssl answers to our request, in octets. */
const answerOfOpenssl = ({ state = 'V', signer = 'responder', request, options = [] }: Case) =>
  atDesk(async ({ path, write }) => {
    const { certificate, issuer } = await world();
    const digest = request === undefined ? {} : { digest: request };
    const asked = write('request.der', await ocspRequest({ certificate, issuer, nonce, ...digest })());
    const index = write('index.txt', indexOf(state, certificate));
    const done = openssl(
      ...['ocsp', '-index', index, '-CA', path('ca.pem')],
      ...['-rsigner', path(`${signer}.pem`), '-rkey', path(`${signer}.key`)],
      ...['-reqin', asked, '-respout', path('response.der'), ...options],
    );
    assert.is(done.status, 0, done.stderr);
    return new Uint8Array(readFileSync(path('response.der')));
  });

/** Judged at the moment when openssl made it. */
const judgement = async (response: Uint8Array): Promise<OcspJudgement> => {
  const { producedAt } = await accepted(decodeOcspResponse(response));
  const { question } = await world();
  return { question: { ...question, at: new Date(producedAt) }, response, asked: nonce };
};

const judged = async (one: Case): Promise<RevocationAnswer> =>
  accepted(judgeOcsp(await judgement(await answerOfOpenssl(one))));

const suite = suiteNeeding('OCSP with the openssl command', need);

suite('its answers are read: good, revoked with its reason, on hold', async () => {
  assert.is((await judged({ options: ['-nmin', '10'] })).status, 'good');
  assert.is((await judged({})).status, 'good', 'without nextUpdate');
  const revoked = await judged({ state: 'R,keyCompromise' });
  assert.is(revoked.status, 'revoked');
  assert.is(revoked.reason, 'keyCompromise');
  assert.equal(revoked.revokedAt, new Date('2026-03-01T00:00:00Z'));
  assert.is((await judged({ state: 'R,certificateHold' })).status, 'hold');
});

suite('a certificate that it does not know: OCSP_STATUS_UNKNOWN', async () => {
  const response = await answerOfOpenssl({ state: 'absent' });
  assert.is(codeOf(await judgeOcsp(await judgement(response))()), 'OCSP_STATUS_UNKNOWN');
});

suite('by the CA itself, by the digest of the key, to a request by SHA-256, with SHA-512', async () => {
  assert.is((await judged({ signer: 'ca' })).status, 'good');
  assert.is((await judged({ signer: 'ca', options: ['-resp_no_certs'] })).status, 'good');
  assert.is((await judged({ options: ['-resp_key_id'] })).status, 'good');
  assert.is((await judged({ request: 'SHA-256' })).status, 'good');
  assert.is((await judged({ options: ['-rmd', 'sha512'] })).status, 'good');
});

suite('signed with SHA-1: OCSP_ALGORITHM_NOT_ACCEPTED', async () => {
  const response = await answerOfOpenssl({ options: ['-rmd', 'sha1'] });
  assert.is(codeOf(await judgeOcsp(await judgement(response))()), 'OCSP_ALGORITHM_NOT_ACCEPTED');
});

suite('our request is the one that it would write: the same names, and a nonce of 32 octets', async () => {
  await atDesk(async ({ path, write }) => {
    const { certificate, issuer } = await world();
    const ours = write('ours.der', await ocspRequest({ certificate, issuer })());
    const made = openssl(
      ...['ocsp', '-issuer', path('ca.pem'), '-cert', path('holder.pem'), '-no_nonce'],
      ...['-reqout', path('theirs.der')],
    );
    assert.is(made.status, 0, made.stderr);
    assert.equal(readFileSync(ours), readFileSync(path('theirs.der')));
    const withNonce = write('nonce.der', await ocspRequest({ certificate, issuer, nonce })());
    assert.match(openssl('ocsp', '-reqin', withNonce, '-req_text').stdout, /OCSP Nonce:\s+0420000102/);
  });
});

suite('an answer that we make is one that it believes', async () => {
  await atDesk(async ({ path, write }) => {
    const response = write('response.der', await answer());
    const read = openssl(
      ...['ocsp', '-respin', response, '-issuer', path('ca.pem'), '-cert', path('holder.pem')],
      ...['-CAfile', path('root.pem'), '-verify_other', path('ca.pem'), '-no_nonce'],
      ...['-attime', `${at.getTime() / 1000}`, '-validity_period', '1000000000'],
    );
    assert.match(`${read.stdout}${read.stderr}`, /Response verify OK/);
    assert.match(read.stdout, /holder\.pem: good/);
  });
});

suite.run();
