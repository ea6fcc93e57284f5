import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { gppkiCard, gppkiCardId } from '../../src/virtual-card/index.js';
import { citizen, dataOf, hex, sendTo } from './support.js';

const select = '00A4040C10A000000283000006220169640001010100';
const test = suite('virtual HiCOS card of the second generation');

test('its applet is selected by name, and the first generation knows it not', () => {
  const send = sendTo(gppkiCard({ card: citizen }));
  assert.is(send(select), '9000');
  assert.is(send('80A40000023F00'), '6D00');
  assert.is(send('00A4040C05A000000308'), '6A82');
});

test('it shows certificates and directories in the files of the first generation', () => {
  const send = sendTo(gppkiCard({ card: citizen }));
  assert.is(send('00A40004027FFF00'), '6985', 'the applet comes first');
  send(select);
  assert.is(send('00A40004027FFF00'), '620483027FFF9000');
  send('00A4000402503000');
  assert.is(send('00A400040208F200').slice(-4), '9000');
  assert.equal(dataOf(send('00B00000C8')), citizen.certificate.slice(0, 200));
  send('00A40004027FFF00');
  send('00A4000402503000');
  assert.is(send('00A4000C024104'), '9000');
  assert.match(hex(dataOf(send('00B00000C8'))), '04067FFF503008F2');
});

test('the issuer domain tells ten octets that name the card', () => {
  const send = sendTo(gppkiCard({ card: citizen }));
  assert.is(send('80CA004500'), '6A88');
  assert.is(send('00A4040007A000000151000000'), '9000');
  assert.is(send('80CA004500'), `450A${hex(gppkiCardId(citizen.cardNumber))}9000`);
});

test('RESET forgets the applet; what it does not have is refused by its status word', () => {
  const card = gppkiCard({ card: citizen });
  const send = sendTo(card);
  send(select);
  assert.is(send('0020008000'), '6D00');
  assert.is(send('84EA820100'), '6E00');
  card.reset();
  assert.is(send('00B0000010'), '6985');
});

test.run();
