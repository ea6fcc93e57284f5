import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { openDoor } from '../../src/testing/wire-server/door.js';

const door = suite('the door in front of the test server');

door('what was held back comes before what came later, also when nothing is held back any more', async () => {
  let heard = '';
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      heard += chunk;
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const opened = await openDoor((server.address() as AddressInfo).port);
  const client = connect(opened.port, '127.0.0.1');
  client.setNoDelay(true);
  client.on('error', () => undefined);
  await once(client, 'connect');
  let sent = '';
  const say = async (text: string): Promise<void> => {
    sent += text;
    client.write(text);
    // A chunk of its own.
    await pause(30);
  };
  await say('a');
  opened.slow(400);
  await say('b');
  await say('c');
  opened.slow(0);
  await say('d');
  await say('e');
  while (heard.length < sent.length) await pause(10);
  assert.is(heard, 'abcde');
  client.destroy();
  await opened.close();
  server.close();
});

door.run();
