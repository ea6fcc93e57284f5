import * as E from 'fp-ts/lib/Either.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type HicosDialect, readFrom } from '../../src/drivers/hicos-files.js';
import { scripted } from '../apdu/support.js';

const dialect: HicosDialect = {
  cla: 0x80,
  root: { cla: 0x80, ins: 0xa4, p1: 0, p2: 0 },
  select: { p2: 0 },
};

/** A file without end: as many octets as are asked for. */
const endless = () => scripted((command) => `${'aa'.repeat(Number.parseInt(command.slice(8, 10), 16))}9000`);

const files = suite('files of a HiCOS card');

files('no more is read than was wanted, in pieces of 200', async () => {
  const card = endless();
  const read = await readFrom(card.session, dialect, 0, 450);
  assert.is(E.isRight(read) ? read.right.length : -1, 450);
  assert.equal(card.sent, ['80b00000c8', '80b000c8c8', '80b0019032']);
});

files('an offset never grows into the bit of P1 that means another file', async () => {
  const card = endless();
  const read = await readFrom(card.session, dialect, 0x7f00, 16_384);
  assert.ok(E.isRight(read));
  assert.ok(card.sent.length > 0);
  assert.ok(card.sent.every((command) => Number.parseInt(command.slice(4, 6), 16) < 0x80));
  const beyond = endless();
  assert.equal(await readFrom(beyond.session, dialect, 0x8000, 100), E.right(new Uint8Array(0)));
  assert.equal(beyond.sent, []);
});

files('a refusal at the beginning is a fault, later it is the end of the file', async () => {
  const refused = scripted(() => '6a82');
  const none = await readFrom(refused.session, dialect, 0, 10);
  assert.is(E.isLeft(none) ? none.left.code : '', 'CARD_FAULT');
  const short = scripted((_, at) => (at === 0 ? `${'bb'.repeat(200)}9000` : '6b00'));
  const read = await readFrom(short.session, dialect, 0, 1_000);
  assert.is(E.isRight(read) ? read.right.length : -1, 200);
});

files.run();
