// A rule card in the slot of vpcd's that listens on the port given: its own process, since a card in the process that
// waits for it would wait for itself. Ends when its stdin closes.
import { connect } from 'node:net';

import { octetsOf } from '../../../src/replay/script.js';
import { ruleCard, ruleCardAtr } from '../../../src/transport/conformance/index.js';

const card = ruleCard();
const socket = connect(Number(process.argv[2]), '127.0.0.1');
socket.setNoDelay(true);

const send = (body: Uint8Array): void => {
  const message = Buffer.alloc(2 + body.length);
  message.writeUInt16BE(body.length);
  message.set(body, 2);
  socket.write(message);
};

/** vpcd: one octet is what the reader does to the card, of which only the question for the ATR (4) is answered. */
const hear = (message: Uint8Array): void => {
  if (message.length === 1) {
    if (message[0] === 4) send(octetsOf(ruleCardAtr));
    else card.reset();
    return;
  }
  const turn = card.process(message);
  if ('answer' in turn) send(octetsOf(turn.answer));
  else if (turn.does === 'pull') socket.destroy();
};

let left = Buffer.alloc(0);
socket.on('data', (chunk) => {
  left = Buffer.concat([left, chunk]);
  while (left.length >= 2 && left.length >= 2 + left.readUInt16BE(0)) {
    const end = 2 + left.readUInt16BE(0);
    hear(Uint8Array.from(left.subarray(2, end)));
    left = left.subarray(end);
  }
});
socket.on('connect', () => process.stdout.write('in\n'));
socket.on('error', () => process.exit(1));
process.stdin.on('end', () => process.exit(0));
process.stdin.resume();
