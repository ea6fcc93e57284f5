import { setTimeout as pause } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { until } from '@mandate/testing/card-service';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';

import { pcscMiniLooker } from '../../src/process/pcsc-mini-looker.js';
import { board } from '../../src/transport/board.js';
import type { ReaderEvent } from '../../src/transport/transport.js';
import { type FakeClient, fakePcscMini } from './support/fake-pcsc-mini.js';

const atr = Uint8Array.of(0x3b, 0x80, 0x01, 0x81);

const world = () => {
  const fake = fakePcscMini();
  const seen = board();
  const told: Array<string> = [];
  seen.watch((event: ReaderEvent) =>
    told.push('reader' in event ? `${event.type} ${event.reader}` : event.type),
  );
  return { ...fake, seen, told, looker: pcscMiniLooker(fake.pcsc, seen) };
};

const nameBoth = (client: FakeClient): void => {
  client.name('A', atr);
  client.name('B');
};

const taken = (clients: FakeClient[]): FakeClient => {
  const [first] = clients.splice(0);
  if (first === undefined) throw new Error('no client was started');
  return first;
};

const refusal = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'no refusal',
    ({ code }) => code,
  );

const looking = suite('looking at readers through pcsc-mini');

looking('readers are waited for, however late the client names the first, and then the others', async () => {
  const { looker, onStart, seen } = world();
  onStart(async (client) => {
    await pause(300);
    client.name('A', atr);
    await pause(30);
    client.name('B');
  });
  await looker.look();
  assert.equal(seen.states(), [{ reader: 'A', atr }, { reader: 'B' }]);
});

looking(
  'a client that fails while its service lives is no loss: what it missed is told as changes',
  async () => {
    const { looker, onStart, clients, told } = world();
    onStart(nameBoth);
    await looker.look();
    looker.keepLooking();
    told.length = 0;
    onStart((client) => {
      client.name('B', atr);
      client.name('C');
    });
    clients[0]?.break('StatusEventBufferOverflow');
    clients[0]?.break('StatusEventBufferOverflow');
    await looker.look();
    assert.equal(told.sort(), ['card-inserted B', 'card-removed A', 'reader-added C', 'reader-removed A']);
    assert.ok(clients[0]?.isStopped());
    assert.is(clients.length, 2);
  },
);

looking('a card that is told before it can be connected to is seen as soon as it can', async () => {
  const { looker, onStart, clients, seen } = world();
  onStart((client) => client.name('A'));
  await looker.look();
  clients[0]?.tellUnpowered('A');
  await pause(120);
  clients[0]?.power('A', atr);
  await looker.look();
  assert.equal(seen.states(), [{ reader: 'A', atr }]);
});

looking(
  'a card that could not be connected to for long is looked at again with the next word of it',
  async () => {
    const { looker, onStart, clients, seen } = world();
    onStart((client) => client.name('A'));
    await looker.look();
    clients[0]?.tellUnpowered('A');
    await looker.look();
    assert.equal(seen.states(), [{ reader: 'A' }]);
    clients[0]?.tell('A', atr);
    await looker.look();
    assert.equal(seen.states(), [{ reader: 'A', atr }]);
  },
);

looking('a card that is gone again before it could be connected to is not waited for', async () => {
  const { looker, onStart, clients, told } = world();
  onStart((client) => client.name('A'));
  await looker.look();
  clients[0]?.tellUnpowered('A');
  clients[0]?.tell('A');
  await looker.look();
  clients[0]?.tell('A', atr);
  await looker.look();
  assert.equal(told, ['reader-added A', 'card-inserted A']);
});

looking('a service that goes is told once, and is looked for until it is back', async () => {
  const { looker, onStart, clients, service, told, seen } = world();
  onStart(nameBoth);
  await looker.look();
  looker.keepLooking();
  told.length = 0;
  service(false);
  clients[0]?.break('CommError');
  clients[0]?.break('CommError');
  assert.equal(told, ['service-lost']);
  assert.equal(seen.states(), []);
  assert.is(await refusal(looker.look()), 'NoService');
  service(true);
  await until(async () => told.includes('card-inserted A') && told.includes('reader-added B'));
  assert.equal(told.slice(0, 2), ['service-lost', 'service-back']);
  assert.is(told.filter((one) => one === 'service-lost').length, 1);
});

looking('a look during which the service goes is refused, not answered with no readers', async () => {
  const { looker, onStart, service } = world();
  onStart((client) => {
    client.name('A');
    service(false);
    client.break('CommError');
  });
  assert.is(await refusal(looker.look()), 'NoService');
});

looking(
  'a client that lost its service is kept: its end as garbage would be that of the process',
  async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const { looker, onStart, clients, service, seen } = world();
    onStart(nameBoth);
    await looker.look();
    const client = new WeakRef(taken(clients));
    const unrelated = new WeakRef(fakePcscMini());
    service(false);
    client.deref()?.break('CommError');
    service(true);
    await looker.look();
    clients.splice(0);
    await until(async () => {
      collect();
      return unrelated.deref() === undefined;
    });
    assert.is.not(client.deref(), undefined);
    assert.is(seen.states().length, 2);
  },
);

looking.run();
