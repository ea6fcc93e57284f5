/** The card agent with many windows at once: each is opened, asks, waits for its PIN, and gets its signature. */
import { Agent, request } from 'node:http';
import { systemClock } from '@mandate/adapters-eventstore';
import { type CardAgent, cardAgent } from '@mandate/adapters-http/agent';
import { memoryDrawer } from '@mandate/adapters-http/testing';
import { gpkiPolicies, verifySignedData } from '@mandate/certificates';
import { createTestPki } from '@mandate/certificates/test-pki';
import * as E from 'fp-ts/lib/Either.js';
import { right } from '../lib/either.js';
import { liveBytes } from '../lib/memory.js';
import { inFlight, type Series } from '../lib/timing.js';

export interface AgentWindowsParams {
  /** That wait at the same time. */
  readonly windows: number;
  /** How often so many windows come and go before it is measured what they leave behind. */
  readonly times: number;
}

export interface AgentWindowsFigures {
  readonly windows: number;
  /** The three files of a window, and what it asks: four requests for each. */
  readonly opening: Series;
  /** One request for each: the PIN, answered by the signature. */
  readonly signing: Series;
  /** The card by itself, one signature after the other, without an agent. */
  readonly cardAlonePerSecond: number;
  readonly mostWaiting: number;
  /** Signatures of the last time that the register would take, each over the text of its own window. */
  readonly verified: number;
  /** What is left after a collection. */
  readonly beforeMiB: number;
  readonly waitingMiB: number;
  readonly afterMiB: number;
  readonly peakMiB: number;
}

const portal = 'https://portal.example';
const reader = 'Reader';
const pin = '246810';
const toMiB = (bytes: number): number => bytes / 1024 / 1024;

/** As many connections as windows, as browsers have them. */
const asking = ({ port, origin }: CardAgent, agent: Agent) => {
  const send = (path: string, fields?: Readonly<Record<string, string>>): Promise<string> =>
    new Promise((resolve, reject) => {
      const form = fields === undefined ? '' : new URLSearchParams(fields).toString();
      const headers = {
        host: `localhost:${port}`,
        ...(fields === undefined
          ? {}
          : { origin, 'content-type': 'application/x-www-form-urlencoded', 'content-length': form.length }),
      };
      const method = fields === undefined ? 'GET' : 'POST';
      request({ host: '127.0.0.1', port, path, method, headers, agent }, (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () => resolve(Buffer.concat(parts).toString('utf8')));
      })
        .on('error', reject)
        .end(form);
    });
  return send;
};

const textOf = (time: number, window: number): string =>
  JSON.stringify({ nonce: `n-${time}-${window}`, origin: portal, purpose: 'bench' });

const packageOf = (text: string): string =>
  JSON.stringify({ func: 'MakeSignature', signatureType: 'PKCS7', hashAlgorithm: 'SHA256', tbs: text });

export const agentWindows = async (
  _folder: string,
  { windows, times }: AgentWindowsParams,
): Promise<AgentWindowsFigures> => {
  const pki = await createTestPki({ cas: ['MOICA'], keyPool: 1 });
  const card = await pki.issueCitizen({ name: '王小明', last4: '6789' });
  const drawer = memoryDrawer(reader);
  drawer.insert(reader, { card, pin });
  const started = await cardAgent({
    slots: drawer.slots,
    origins: [{ origin: portal }],
    clock: systemClock,
    port: 0,
  })();
  const agent = right(started);
  const connections = new Agent({ keepAlive: true, maxSockets: windows });
  const send = asking(agent, connections);

  const open = async (text: string): Promise<string> => {
    for (const path of ['/popupForm', '/agent/style.css', '/agent/popup.js']) await send(path);
    const answer = JSON.parse(await send('/sign', { tbsPackage: packageOf(text), askingOrigin: portal }));
    return answer.ask;
  };
  const sign = async (ask: string): Promise<string> =>
    JSON.parse(await send('/agent/pin', { ask, pin, slotDescription: reader })).signature ?? '';

  let mostWaiting = 0;
  const once = async (time: number) => {
    const asks: string[] = [];
    const opening = await inFlight(windows, windows, async (window) => {
      asks[window] = await open(textOf(time, window));
    });
    mostWaiting = Math.max(mostWaiting, agent.waiting());
    const waitingMiB = toMiB(await liveBytes());
    const signatures: string[] = [];
    const signing = await inFlight(windows, windows, async (window) => {
      signatures[window] = await sign(asks[window] ?? '');
    });
    return { opening, signing, signatures, waitingMiB };
  };

  await once(0);
  const beforeMiB = toMiB(await liveBytes());
  let last = await once(1);
  for (let time = 2; time <= times; time++) last = await once(time);
  const afterMiB = toMiB(await liveBytes());
  const peakMiB = process.resourceUsage().maxRSS / 1024;

  let verified = 0;
  for (const [window, cms] of last.signatures.entries()) {
    const checked = await verifySignedData({
      cms: new Uint8Array(Buffer.from(cms, 'base64')),
      content: new TextEncoder().encode(textOf(times, window)),
      trust: pki.trust,
      revocation: pki.revocation,
      profile: {
        subjectTypes: ['citizen'],
        cas: ['MOICA'],
        policies: [gpkiPolicies.level3],
        use: 'sign',
        minRsaBits: 2048,
      },
      at: new Date('2026-03-02T02:00:00Z'),
    })();
    if (E.isRight(checked)) verified += 1;
  }

  const content = new TextEncoder().encode(textOf(0, 0));
  const before = performance.now();
  for (let window = 0; window < windows; window++) await card.sign(content, {});
  const cardAlonePerSecond = (windows / (performance.now() - before)) * 1000;

  connections.destroy();
  await agent.close();
  const { opening, signing, waitingMiB } = last;
  return {
    ...{ windows, opening, signing, cardAlonePerSecond, mostWaiting, verified },
    ...{ beforeMiB, waitingMiB, afterMiB, peakMiB },
  };
};
