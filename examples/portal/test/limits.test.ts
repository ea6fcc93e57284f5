import { remoteAddressOf } from '@mandate/adapters-http/node';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Running, runPortal } from './support/portal.js';

const test = suite<{ running: Running }>('portal: what comes too often');

test.before(async (context) => {
  context.running = await runPortal({ addressOf: remoteAddressOf });
});

test.after(async ({ running }) => {
  await running.stop();
});

/** A typed ID, sent over the network by a page's form; the browser has no cookie yet. */
const ask = async ({ origin }: Running, headers: Readonly<Record<string, string>> = {}): Promise<Response> =>
  fetch(`${origin}/query-serial/clerk`, {
    method: 'POST',
    headers: { origin, accept: 'application/json', ...headers },
    body: new URLSearchParams({ nationalId: 'A123456789' }),
  });

test('IDs that are typed too often from one address are refused on the pages too, whatever a sender says of itself', async ({
  running,
}) => {
  for (let times = 0; times < 5; times++) {
    const answer = await ask(running);
    assert.is(answer.status, 200);
    assert.match(await answer.text(), /"nonce"/);
  }
  for (const headers of [{}, { 'x-forwarded-for': '192.0.2.7' }, { forwarded: 'for=192.0.2.7' }]) {
    const refused = await ask(running, headers);
    assert.is(refused.status, 429);
    assert.match(await refused.text(), '查詢次數過多');
  }
});

test.run();
