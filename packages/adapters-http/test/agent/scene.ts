import { request } from 'node:http';
import { connect } from 'node:net';
import { createTestPki, type TestCard, type TestPki } from '@mandate/certificates/test-pki';
import { type CardAgent, type CardAgentOptions, cardAgent } from '../../src/agent/index.js';
import { type MemoryDrawer, memoryDrawer } from '../../src/testing/index.js';
import { type HandClock, handClock, right } from '../support.js';

export const portal = 'https://portal.example';
export const pin = '246810';
export const reader = 'Reader A';

export interface Scene {
  readonly agent: CardAgent;
  readonly pki: TestPki;
  readonly card: TestCard;
  readonly drawer: MemoryDrawer;
  readonly clock: HandClock;
}

/** Made once: keys take their time. */
const made = createTestPki({ cas: ['MOICA', 'GCA'], keyPool: 1 }).then(async (pki) => ({
  pki,
  card: await pki.issueCitizen({ name: '王小明', last4: '6789' }),
}));

/** A citizen's card in a reader, and an agent that serves one portal. */
export const openScene = async (options: Partial<CardAgentOptions> = {}): Promise<Scene> => {
  const { pki, card } = await made;
  const drawer = memoryDrawer(reader);
  drawer.insert(reader, { card, pin });
  const clock = handClock();
  const origins = [{ origin: portal, name: '測試入口網' }];
  const agent = right(await cardAgent({ slots: drawer.slots, origins, clock, port: 0, ...options })());
  return { agent, pki, card, drawer, clock };
};

export interface Answered {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into whatever was answered
  readonly json: any;
}

export interface Sent {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly address?: string;
}

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** One request as it is written, with no header that a test did not want. */
export const send = ({ port }: CardAgent, path: string, sent: Sent = {}): Promise<Answered> =>
  new Promise((resolve, reject) => {
    const { method = 'GET', headers = {}, body = '', address = '127.0.0.1' } = sent;
    const asked = request(
      { host: address, port, path, method, headers: { host: `localhost:${port}`, ...headers }, agent: false },
      (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () => {
          const text = Buffer.concat(parts).toString('utf8');
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text, json: jsonOf(text) });
        });
      },
    );
    asked.on('error', reject);
    asked.end(body);
  });

/** Octets as they are, then the end; what came back until the connection was closed. */
export const rawly = ({ port }: CardAgent, octets: string): Promise<string> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.end(octets));
    let text = '';
    socket.on('data', (part) => {
      text += part.toString('latin1');
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve(text));
  });

const form = 'application/x-www-form-urlencoded';

/** As the agent's own window asks. */
export const fromWindow = (
  agent: CardAgent,
  path: string,
  fields: Readonly<Record<string, string>>,
): Promise<Answered> =>
  send(agent, path, {
    method: 'POST',
    headers: { origin: agent.origin, 'sec-fetch-site': 'same-origin', 'content-type': form },
    body: new URLSearchParams(fields).toString(),
  });

/** As a script of a site asks, past every window. */
export const fromSite = (
  agent: CardAgent,
  path: string,
  origin: string,
  fields: Readonly<Record<string, string>> = {},
): Promise<Answered> =>
  send(agent, path, {
    method: 'POST',
    headers: { origin, 'sec-fetch-site': 'cross-site', 'content-type': form },
    body: new URLSearchParams(fields).toString(),
  });

/** A package as pages write it. */
export const packageOf = (content: string, more: object = {}): string =>
  JSON.stringify({
    func: 'MakeSignature',
    signatureType: 'PKCS7',
    hashAlgorithm: 'SHA256',
    tbs: Buffer.from(content).toString('base64'),
    tbsEncoding: 'base64',
    ...more,
  });

/** Opens the question for a PIN. */
export const askFor = (agent: CardAgent, content: string, more: object = {}): Promise<Answered> =>
  fromWindow(agent, '/sign', { tbsPackage: packageOf(content, more), askingOrigin: portal });
