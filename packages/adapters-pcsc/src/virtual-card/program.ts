/** What `mandate-virtual-card` is started with, and the card that this makes. */
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { createTestPki, type SavedCard } from '@mandate/certificates/test-pki';
import { gppkiCard } from './gppki.js';
import { type NhiOptions, nhiCard } from './nhi.js';
import { pivCard } from './piv.js';
import { t7sCard } from './t7s.js';
import type { CardKind, VirtualCard } from './virtual-card.js';

export const usage = `mandate-virtual-card --kind t7s|gppki|nhi|piv [--card FILE] [--pin DIGITS] [--tries N]
  [--host ADDRESS] [--port NUMBER] [--out] [--quiet]

A card of the test PKI in a reader of vpcd (Debian: pcscd, vsmartcard-vpcd). FILE is what save() of a test card gave, as JSON; for nhi, what is printed
on the card. Without it a card is made. Default PIN 123456, 127.0.0.1:35963. --out: begin outside the reader.
--quiet: nothing is said of exchanges and resets, for measurements.
Standard input takes a JSON object a line: {"do":"insert"}, {"do":"pull"}, {"do":"behave"}, {"do":"quit"},
{"do":"misbehave","type":"pull|hang|slow|garbage|truncate|answer","during":"verify|sign|write|other|any", …}.
Standard output tells what happens, in the same way; "no-vpcd" once where no vpcd takes the card, which goes on trying.
The program ends when its standard input does.
`;

export interface ProgramOptions {
  readonly kind: CardKind;
  readonly file?: string;
  readonly pin: string;
  readonly tries: number;
  readonly host: string;
  readonly port: number;
  readonly out: boolean;
  readonly quiet: boolean;
}

const kinds: ReadonlyArray<string> = ['t7s', 'gppki', 'nhi', 'piv'] satisfies ReadonlyArray<CardKind>;

const isKind = (kind: string | undefined): kind is CardKind => kind !== undefined && kinds.includes(kind);

const whole = (text: string, most: number): number | undefined =>
  /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= most ? Number(text) : undefined;

export const asksForHelp = (args: ReadonlyArray<string>): boolean =>
  args.some((word) => word === '--help' || word === '-h');

/** The options, or what is wrong with them. */
export const programOptions = (args: ReadonlyArray<string>): ProgramOptions | string => {
  const text = { type: 'string' } as const;
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        kind: text,
        card: text,
        pin: text,
        tries: text,
        host: text,
        port: text,
        out: { type: 'boolean' },
        quiet: { type: 'boolean' },
      },
    });
    const { kind, card, pin = '123456', host = '127.0.0.1', out = false, quiet = false } = values;
    const port = whole(values.port ?? '35963', 65_535);
    const tries = whole(values.tries ?? '3', 15);
    if (!isKind(kind)) return `--kind is one of ${kinds.join(', ')}`;
    if (!/^\d{6,8}$/.test(pin)) return '--pin is 6 to 8 digits';
    if (port === undefined || tries === undefined) return '--port and --tries are numbers';
    return { kind, pin, tries, host, port, out, quiet, ...(card === undefined ? {} : { file: card }) };
  } catch (error) {
    return error instanceof Error ? error.message : 'options that cannot be read';
  }
};

const inventedHolder: NhiOptions = {
  cardNumber: '900012345678',
  name: '測試人',
  nationalId: 'A123456789',
  birthDate: '0650229',
  sex: 'F',
  issuedOn: '1040309',
};

const madeCard = async (): Promise<SavedCard> => {
  const pki = await createTestPki({ cas: ['MOICA'] });
  return (await pki.issueCitizen({ name: '測試人', last4: '6789' })).save();
};

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** What FILE holds: the fields that the card needs are those of `save()`, or of `NhiOptions`. */
const contentsOf = async (file: string): Promise<object> => {
  const value: unknown = JSON.parse(await readFile(file, 'utf8'));
  if (!isObject(value)) throw new TypeError(`${file} holds no card`);
  return value;
};

const isHolder = (value: object): value is NhiOptions =>
  Object.keys(inventedHolder).every((field) => typeof Reflect.get(value, field) === 'string');

const isSaved = (value: object): value is SavedCard => 'record' in value && 'key' in value;

/** Reads or makes the card. It rejects where FILE holds none: a mistake of whoever starts the program. */
export const cardOfProgram = async ({ kind, file, pin, tries }: ProgramOptions): Promise<VirtualCard> => {
  const contents = file === undefined ? undefined : await contentsOf(file);
  if (kind === 'nhi') {
    const holder = contents ?? inventedHolder;
    if (!isHolder(holder)) throw new TypeError('FILE does not hold what is printed on an NHI card');
    return nhiCard(holder);
  }
  const card = contents ?? (await madeCard());
  if (!isSaved(card)) throw new TypeError('FILE does not hold a saved test card');
  if (kind === 'gppki') return gppkiCard({ card });
  return kind === 'piv' ? pivCard({ card, pin, tries }) : t7sCard({ card, pin, tries });
};
