import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { systemClock } from '@mandate/adapters-eventstore';
import { type CardAgent, cardAgent } from '@mandate/adapters-http/agent';
import { suiteNeeding } from '@mandate/testing';
import { bedNeed, until } from '@mandate/testing/card-service';
import * as E from 'fp-ts/lib/Either.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { type Browser, chromium, type Page } from 'playwright-core';
import * as assert from 'uvu/assert';
import { type CardTransport, pcscTransport } from '../../src/index.js';
import { challenge, citizen, keys, pin, readerOn, verified, wrongPin } from '../reader/support.js';
import { type Bed, type BedCard, startBed } from '../support/bed.js';

const chromiumPath = '/usr/bin/chromium';

const bed = bedNeed('opensc-tool');
const need = existsSync(chromiumPath) ? bed : { ...bed, available: false, reason: 'no Chromium' };

/** A page as it is written for the vendor's component, with nothing of ours in it. */
const pageFor = (component: string, tbs: string): string => `<!doctype html><meta charset="utf-8">
<button>登入</button><output></output>
<script>
const component = ${JSON.stringify(component)};
let popup;
document.querySelector('button').addEventListener('click', () => { popup = window.open(component + '/popupForm'); });
window.addEventListener('message', (event) => {
  if (event.origin !== component) return;
  if (JSON.parse(event.data).func === 'getTbs') {
    const wanted = { func: 'MakeSignature', signatureType: 'PKCS7', hashAlgorithm: 'SHA256', withCardSN: 'true',
      pin: '', nonce: '__NotExistedTag__', tbs: ${JSON.stringify(tbs)}, tbsEncoding: 'base64' };
    popup.postMessage(JSON.stringify(wanted), component);
  } else document.querySelector('output').textContent = event.data;
});
</script>`;

interface World {
  bed: Bed;
  card: BedCard;
  transport: CardTransport;
  agent: CardAgent;
  site: Server;
  browser: Browser;
  former: string | undefined;
}

const rows = suiteNeeding<World>('page, window, agent, pcscd and card', need);

const onCard = await citizen();

const open = async (site: Server): Promise<number> => {
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
  return (site.address() as AddressInfo).port;
};

rows.before(async (world) => {
  world.bed = await startBed();
  world.former = process.env['PCSCLITE_CSOCK_NAME'];
  Object.assign(process.env, world.bed.env);
  world.transport = pcscTransport();
  const { transport } = world;
  const any = readerOn(transport);
  const slots = TE.map((all: ReadonlyArray<{ readonly reader: string }>) =>
    all.map(({ reader }) => ({ slotDescription: reader, reader: readerOn(transport, { reader, keys }) })),
  );
  let page = '';
  world.site = createServer((_, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8').end(page);
  });
  const origin = `http://portal.example:${await open(world.site)}`;
  const started = await cardAgent({
    slots: { list: () => slots(any.readers()) },
    origins: [{ origin }],
    clock: systemClock,
    port: 0,
  })();
  if (E.isLeft(started)) throw new Error(started.left.detail);
  world.agent = started.right;
  page = pageFor(world.agent.origin, Buffer.from(challenge).toString('base64'));
  world.browser = await chromium.launch({
    executablePath: chromiumPath,
    args: ['--no-sandbox', '--host-resolver-rules=MAP *.example 127.0.0.1'],
  });
});

rows.after(async ({ browser, agent, site, transport, bed, former }) => {
  await browser.close();
  await agent.close();
  site.close();
  await transport.close();
  await bed.end();
  if (former === undefined) delete process.env['PCSCLITE_CSOCK_NAME'];
  else process.env['PCSCLITE_CSOCK_NAME'] = former;
});

const settled = async ({ bed }: World, isIn: boolean): Promise<void> => {
  await until(async () => (await bed.seesCard(0)) === isIn);
};

const answerOf = async (page: Page) => {
  await page.waitForFunction(() => document.querySelector('output')?.textContent !== '');
  return JSON.parse((await page.textContent('output')) ?? '');
};

for (const kind of ['t7s', 'piv'] as const) {
  rows(
    `a page written for the vendor’s component gets CMS of a ${kind} card that the register accepts`,
    async (world) => {
      const card = await world.bed.startCard({ kind, contents: onCard.save(), pin });
      await settled(world, true);
      const context = await world.browser.newContext();
      const page = await context.newPage();
      await page.goto(`http://portal.example:${(world.site.address() as AddressInfo).port}`);
      const [popup] = await Promise.all([context.waitForEvent('page'), page.click('button')]);
      await popup.waitForSelector('#form:not([hidden])');
      await popup.fill('#pin', wrongPin);
      await popup.keyboard.press('Enter');
      await popup.getByText('尚可再試2次').waitFor();
      await popup.fill('#pin', pin);
      // The window may be gone before the driver of the browser hears that the key went up.
      await popup.keyboard.press('Enter').catch(() => {});
      const { ret_code, signature } = await answerOf(page);
      assert.is(ret_code, 0);
      const proved = await verified(new Uint8Array(Buffer.from(signature, 'base64')));
      assert.is(proved.facts.serial, onCard.serial);
      await context.close();
      await card.end();
      await settled(world, false);
    },
  );
}

rows.run();
