// A program that signs with the card in the first reader, over and over, and says what came of each. It begins when a line
// comes in, and ends when no more do.
//   pcsc: by the drivers; module: by OpenSC's PKCS#11; look: asks whether a PIN is verified, without giving one
import { once } from 'node:events';
import { singleUsePin } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import { cardReader, pcscTransport, pkcs11Reader } from '../../src/index.js';

const [how = '', pin = ''] = process.argv.slice(2);
const transport = pcscTransport();
const name = 'Virtual PCD 00 00';

const say = (line: object): void => {
  process.stdout.write(`${JSON.stringify({ how, ...line })}\n`);
};

const reader =
  how === 'module'
    ? pkcs11Reader({ module: 'opensc', resetBy: transport })
    : cardReader(transport, { reader: name });

const sign = async (at: number): Promise<void> => {
  const content = `{"nonce":"${how}-${process.pid}-${at}"}`;
  const signed = await reader.sign(new TextEncoder().encode(content), singleUsePin(pin))();
  if (E.isRight(signed)) say({ content, cms: Buffer.from(signed.right).toString('base64') });
  else say({ code: signed.left.code, detail: signed.left.detail, triesLeft: signed.left.triesLeft });
};

/** SELECT the PIV applet; VERIFY without data; a private operation that nobody was asked for. */
const questions = ['00a4040009a0000003080000100000', '00200080', '0087079a067c0482008100'].map((hex) =>
  Uint8Array.from(Buffer.from(hex, 'hex')),
);

const look = async (): Promise<void> => {
  const session = await transport.connect(name)();
  if (E.isLeft(session)) return say({ code: session.left.code });
  const words: string[] = [];
  for (const question of questions) {
    const answer = await session.right.transmit(question)();
    words.push(E.isLeft(answer) ? answer.left.code : Buffer.from(answer.right.slice(-2)).toString('hex'));
  }
  await session.right.end();
  say({ words });
};

let over = false;
process.stdin.on('end', () => {
  over = true;
});
say({ ready: true });
await once(process.stdin, 'data');
for (let at = 0; !over; at += 1) await (how === 'look' ? look() : sign(at));
if ('close' in reader) await reader.close();
await transport.close();
