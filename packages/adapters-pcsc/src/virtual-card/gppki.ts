/**
 * A HiCOS card of the second generation, GPPKI: its certificates and its card identifier. It does not sign: its secure
 * channel belongs to the vendor's PKCS#11 module (docs/cards.md).
 */
import { createHash } from 'node:crypto';
import { answer, type Command, parseCommand, sw } from './apdu.js';
import { fileSystem } from './file-system.js';
import { hicosFiles } from './hicos-files.js';
import { concat, fromHex, toHex } from './octets.js';
import { tlv } from './tlv.js';
import { type KeyCardOptions, savedCard, type VirtualCard } from './virtual-card.js';

/** Historical bytes CHTGPKIJ. */
export const gppkiAtr: Uint8Array = fromHex('3BD8960081B1FE451F0743485447504B494ADD');

const aids = {
  applet: 'A0000002830000062201696400010101',
  cardManager: 'A000000283FF088692535389C00014',
  issuerDomain: 'A0000001510000',
} as const;

/** Ten octets that name the chip. How they follow from the printed number is not known; here by a digest. */
export const gppkiCardId = (cardNumber: string): Uint8Array =>
  new Uint8Array(createHash('sha256').update(cardNumber).digest()).slice(0, 10);

export const gppkiCard = (options: Omit<KeyCardOptions, 'pin' | 'tries'>): VirtualCard => {
  const { record } = savedCard(options.card);
  const certificates = [fromHex(record.certificate), fromHex(record.encryptionCertificate)];
  const files = fileSystem(
    hicosFiles({
      cardNumber: record.cardNumber,
      certificates: [...certificates, ...(options.issuers ?? [])],
      root: '7FFF',
    }),
    '7FFF',
  );
  let selected: string | undefined;

  const selectApplet = (data: Uint8Array): Uint8Array => {
    const aid = toHex(data);
    if (!Object.values<string>(aids).includes(aid)) return answer(sw.notFound);
    selected = aid;
    files.reset();
    return answer(sw.ok);
  };

  const selectFile = ({ p2, data }: Command): Uint8Array => {
    if (selected !== aids.applet) return answer(sw.conditionsNotSatisfied);
    const fid = toHex(data) === '3F00' ? fromHex('7FFF') : data;
    const status = files.select(fid);
    // P2 = 04 asks for what the file says of itself (ISO/IEC 7816-4 7.4.1).
    return status === sw.ok && p2 === 0x04 ? answer(status, tlv(0x62, tlv(0x83, fid))) : answer(status);
  };

  const getData = ({ p1, p2 }: Command): Uint8Array => {
    const tag = p1 * 256 + p2;
    if (selected === aids.issuerDomain && tag === 0x45) {
      return answer(sw.ok, concat(Uint8Array.of(0x45, 0x0a), gppkiCardId(record.cardNumber)));
    }
    if (selected === aids.cardManager && tag === 0xe0) return answer(sw.ok, tlv(0xe0));
    return answer(sw.referenceNotFound);
  };

  const run = (command: Command): Uint8Array => {
    const { cla, ins, p1 } = command;
    if (cla === 0x80) return ins === 0xca ? getData(command) : answer(sw.unknownInstruction);
    if (cla !== 0) return answer(sw.unknownClass);
    if (ins === 0xa4) return p1 === 0x04 ? selectApplet(command.data) : selectFile(command);
    if (ins !== 0xb0) return answer(sw.unknownInstruction);
    return selected === aids.applet ? files.read(command) : answer(sw.conditionsNotSatisfied);
  };

  return {
    kind: 'gppki',
    atr: gppkiAtr,
    reset: () => {
      selected = undefined;
      files.reset();
    },
    process: (octets) => {
      const command = parseCommand(octets);
      return command === undefined ? answer(sw.wrongLength) : run(command);
    },
    purposeOf: () => 'other',
    triesLeft: () => undefined,
  };
};
