/**
 * HiCOS of the second generation: the GPPKI applet (docs/cards.md). What it shows can be read; its secure channel, and so
 * its signature, belongs to the vendor's PKCS#11 module.
 *
 * @packageDocumentation
 */
import * as E from 'fp-ts/lib/Either.js';
import type { Command } from '../apdu/command.js';
import { exchange } from '../apdu/exchange.js';
import { hexOf, octetsOf } from '../apdu/octets.js';
import type { CardSession } from '../transport/transport.js';
import { type CardDriver, noSigner, type Outcome } from './driver.js';
import { hicosCertificates, hicosFiles } from './hicos-certificates.js';
import { type HicosDialect, readText } from './hicos-files.js';

const aids = {
  applet: octetsOf('A0000002830000062201696400010101'),
  issuerDomain: octetsOf('A0000001510000'),
} as const;

const byName = (aid: Uint8Array, p2: number): Command => ({
  cla: 0,
  ins: 0xa4,
  p1: 0x04,
  p2,
  data: aid,
  le: 256,
});

/** Selecting the applet anew is the way back to its root. */
const dialect: HicosDialect = { cla: 0x00, root: byName(aids.applet, 0x0c), select: { p2: 0x04, le: 256 } };

/** As it is printed on the card. */
const printedNumber = /^[A-Z]{2}\d{14}$/;

const selected = async (session: CardSession, command: Command): Outcome<boolean> => {
  const answered = await exchange(session, command);
  return E.isLeft(answered) ? answered : E.right(['ok', 'warning'].includes(answered.right.status.kind));
};

const numberOnFile = async (session: CardSession): Outcome<string | undefined> => {
  const read = await readText(session, dialect, 16, ...hicosFiles.cardNumber);
  if (E.isLeft(read)) return read;
  return E.right(read.right !== undefined && printedNumber.test(read.right) ? read.right : undefined);
};

/** Ten octets that name the chip: 45 0A and what follows, in hexadecimal. For a card that shows no printed number. */
const chipNumber = async (session: CardSession): Outcome<string | undefined> => {
  const domain = await selected(session, byName(aids.issuerDomain, 0));
  if (E.isLeft(domain)) return domain;
  if (!domain.right) return E.right(undefined);
  const answered = await exchange(session, { cla: 0x80, ins: 0xca, p1: 0, p2: 0x45, le: 256 });
  if (E.isLeft(answered)) return answered;
  const { data, status } = answered.right;
  return E.right(
    status.kind === 'ok' && data.length === 12 && data[0] === 0x45 && data[1] === 0x0a
      ? hexOf(data.subarray(2)).toUpperCase()
      : undefined,
  );
};

export const gppki: CardDriver = {
  kind: 'GPPKI',
  probe: (session) => selected(session, dialect.root),
  open: async (session) => {
    const placed = await hicosCertificates(session, dialect);
    if (E.isLeft(placed)) return placed;
    const printed = await numberOnFile(session);
    if (E.isLeft(printed)) return printed;
    const cardNumber = printed.right === undefined ? await chipNumber(session) : printed;
    if (E.isLeft(cardNumber)) return cardNumber;
    return E.right({
      shown: {
        kind: 'GPPKI',
        cardNumber: cardNumber.right,
        certificates: placed.right.map(({ der }) => der),
      },
      signer: noSigner,
    });
  },
};
