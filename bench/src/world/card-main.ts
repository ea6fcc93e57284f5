/** `card-main.ts <kind> <file>`: a card in the first reader of vpcd, worked by the lines `insert` and `pull`. */
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { pivCard, t7sCard, vpcdCard } from '@mandate/adapters-pcsc/virtual-card';
import { benchPin } from './card-pin.js';

const [, , kind = '', file = ''] = process.argv;
const card = JSON.parse(readFileSync(file, 'utf8'));
const made = kind === 'piv' ? pivCard({ card, pin: benchPin }) : t7sCard({ card, pin: benchPin });
const hand = vpcdCard({ card: made });
process.stdout.write('ready\n');
createInterface({ input: process.stdin })
  .on('line', (line) => (line === 'insert' ? hand.insert() : hand.pull()))
  .on('close', () => process.exit(0));
