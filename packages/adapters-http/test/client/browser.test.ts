import { fileURLToPath } from 'node:url';
import { suiteNeeding } from '@mandate/testing';
import { build } from 'esbuild';
import type { Browser } from 'playwright-core';
import * as assert from 'uvu/assert';
import { type RunningServer, startServer } from '../../src/node/index.js';
import { browserNeed, openBrowser } from '../agent/browser.js';
import { type Cards, signed, testCards } from '../server/support/counter.js';
import { type Office, openOffice } from '../server/support/office.js';
import { right } from '../support.js';

interface World {
  browser: Browser;
  office: Office;
  cards: Cards;
  server: RunningServer;
  script: string;
}

const test = suiteNeeding<World>('the client in Chromium, on this machine without TLS', browserNeed);

/** The client as a page loads it. */
const clientScript = async (): Promise<string> => {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('../../src/client/index.ts', import.meta.url))],
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    write: false,
  });
  return outputFiles[0]?.text ?? '';
};

const page = `<!doctype html><meta charset="utf-8"><title>測試入口網</title>
<script type="module">
import { registerClient } from '/client.js';
window.register = registerClient({ base: '/api' });
</script>`;

test.before(async (world) => {
  world.cards = await testCards();
  world.script = await clientScript();
  const late: { office?: Office } = {};
  const served = await startServer({
    port: 0,
    fetch: (request) => {
      const { pathname } = new URL(request.url);
      if (pathname === '/') return new Response(page, { headers: { 'content-type': 'text/html' } });
      if (pathname === '/client.js') {
        return new Response(world.script, { headers: { 'content-type': 'text/javascript' } });
      }
      return late.office?.app.fetch(request) ?? new Response(null, { status: 503 });
    },
  })();
  world.server = right(served);
  world.office = await openOffice({ app: { basePath: '/api', origins: [world.server.url] } });
  late.office = world.office;
  world.browser = await openBrowser();
});

test.after(async ({ browser, office, server }) => {
  await browser.close();
  await server.stop();
  await office.close();
});

declare global {
  interface Window {
    register: import('../../src/client/index.js').RegisterClient;
  }
}

test('both cards open a session, whose cookie no script can read, and signing out ends it', async ({
  browser,
  cards,
  server,
}) => {
  const context = await browser.newContext();
  const tab = await context.newPage();
  await tab.goto(server.url);
  await tab.waitForFunction(() => window.register !== undefined);
  const purpose = { purpose: 'first-registration', agencyCode: 'EX001' };

  for (const held of [cards.office1, cards.lin]) {
    const { nationalId } = held;
    const body = { ...purpose, ...(nationalId === undefined ? {} : { nationalId }) };
    const { nonce, text } = right(
      await tab.evaluate((sent) => window.register.issueChallenge({ body: sent }), body),
    );
    const answer = { nonce, cms: await signed(held, text) };
    right(await tab.evaluate((sent) => window.register.confirmCard({ body: sent }), answer));
  }
  assert.is(right(await tab.evaluate(() => window.register.session())).state, 'confirmed');

  const [cookie] = await context.cookies(server.url);
  assert.is(cookie?.name, '__Host-mandate');
  assert.equal([cookie?.secure, cookie?.httpOnly, cookie?.sameSite], [true, true, 'Strict']);
  assert.is(await tab.evaluate(() => document.cookie), '');

  right(await tab.evaluate(() => window.register.endSession()));
  assert.equal(await context.cookies(server.url), []);
  await context.close();
});

test('a page of another origin on this machine reads nothing and begins nothing', async ({
  browser,
  server,
}) => {
  const context = await browser.newContext();
  const tab = await context.newPage();
  await tab.goto(server.url.replace('127.0.0.1', 'localhost'));
  const read = await tab.evaluate(
    (url) =>
      fetch(`${url}/api/session`).then(
        () => 'read',
        () => 'kept',
      ),
    server.url,
  );
  assert.is(read, 'kept');
  const sent = await tab.evaluate(
    (url) =>
      fetch(`${url}/api/challenges`, {
        method: 'POST',
        mode: 'no-cors',
        credentials: 'include',
        body: '{"purpose":"query-serial","nationalId":"A123456789"}',
      }).then(
        () => 'sent',
        () => 'kept',
      ),
    server.url,
  );
  assert.ok(['sent', 'kept'].includes(sent));
  assert.equal(await context.cookies(server.url), []);
  await context.close();
});

test('a page’s script stays small: nothing of the server comes into it', async ({ script }) => {
  assert.ok(script.length < 12_000, `${script.length} characters`);
  assert.not.match(script, /io-ts|pkijs|temporal/i);
});

test.run();
