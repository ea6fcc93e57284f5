/** A HiCOS card of the first generation, T7S, as a citizen holds it (docs/cards.md). */
import { answer, type Command, parseCommand, sw } from './apdu.js';
import { fileSystem } from './file-system.js';
import { hicosFiles, keyReferences } from './hicos-files.js';
import { concat, fromHex } from './octets.js';
import { cardPin } from './pin.js';
import { cardKey } from './rsa.js';
import { pinBuffer, testPinTransportKey, unwrappedPin } from './t7s-pin.js';
import { publicKeyRecord, signingInHalves } from './t7s-sign.js';
import { type KeyCardOptions, savedCard, type VirtualCard } from './virtual-card.js';

/** The answer to reset that such cards give; its historical bytes read CHTMOICA. */
export const t7sAtr: Uint8Array = fromHex('3BB813008131FA524348544D4F494341A5');

export interface T7sOptions extends KeyCardOptions {
  /** 16 octets of 3DES. Default: `testPinTransportKey`. */
  readonly pinTransportKey?: Uint8Array;
  /** What the card calls itself, if not what its record says. */
  readonly cardNumber?: string;
}

const classes = { plain: 0x80, secured: 0x8c } as const;

const unreadable: Command = { cla: 0, ins: 0, p1: 0, p2: 0, data: new Uint8Array(0) };

export const t7sCard = (options: T7sOptions): VirtualCard => {
  const { record, key: savedKey } = savedCard(options.card);
  const transportKey = options.pinTransportKey ?? testPinTransportKey;
  const files = fileSystem(
    hicosFiles({
      cardNumber: options.cardNumber ?? record.cardNumber,
      certificates: [
        fromHex(record.certificate),
        fromHex(record.encryptionCertificate),
        ...(options.issuers ?? []),
      ],
      root: '3F00',
    }),
    '3F00',
  );
  const pin = cardPin(pinBuffer(options.pin), options.tries);
  const key = cardKey(savedKey);
  const signing = signingInHalves(new Map([[keyReferences.sign, key]]));

  const select = ({ p1, p2, data }: Command): number => {
    if (p1 !== 0 || p2 !== 0) return sw.wrongParameters;
    return data.length === 2 ? files.select(data) : sw.wrongLength;
  };

  const verify = ({ cla, p1, p2, data }: Command): number => {
    if (files.current() !== '0810') return sw.noCurrentFile;
    if (p1 !== 0 || p2 !== 1) return sw.referenceNotFound;
    if (pin.triesLeft() === 0) return sw.blocked;
    // A PIN in clear text costs a try, whatever it was: a host that falls back to it must be found out.
    if (cla !== classes.secured) {
      pin.burn();
      return sw.securityNotSatisfied;
    }
    if (data.length !== 32) return sw.wrongLength;
    const buffer = unwrappedPin(transportKey, data);
    return buffer === undefined ? sw.wrongSecureMessage : pin.verify(buffer);
  };

  const sign = (command: Command): Uint8Array => {
    if (files.current() !== '0810') return answer(sw.noCurrentFile);
    if (!pin.isVerified()) return answer(sw.securityNotSatisfied);
    return signing.step(command);
  };

  const readRecord = ({ p1, p2, le }: Command): Uint8Array => {
    if (files.current() !== '0811') return answer(sw.noCurrentFile);
    if (p2 !== 0) return answer(sw.wrongParameters);
    const content = publicKeyRecord(key.modulus, p1 - keyReferences.sign);
    if (content === undefined) return answer(sw.referenceNotFound);
    return le === 0x81 ? answer(sw.ok, concat(Uint8Array.of(p1), content)) : answer(0x6c81);
  };

  const run = (command: Command): Uint8Array => {
    switch (command.ins) {
      case 0xa4:
        return answer(select(command));
      case 0xb0:
        return files.read(command);
      case 0xb2:
        return readRecord(command);
      case 0x20:
        return answer(verify(command));
      case 0xea:
      case 0xc1:
        return sign(command);
      default:
        return answer(sw.unknownInstruction);
    }
  };

  const known = ({ cla, ins }: Command): boolean =>
    cla === classes.plain || (cla === classes.secured && ins === 0x20);

  return {
    kind: 't7s',
    atr: t7sAtr,
    reset: () => {
      files.reset();
      pin.forget();
      signing.reset();
    },
    process: (octets) => {
      const command = parseCommand(octets);
      // What is between the halves of a signature ends it.
      if (command === undefined || (command.ins !== 0xea && command.ins !== 0xc1)) signing.reset();
      if (command === undefined) return answer(sw.wrongLength);
      return known(command) ? run(command) : answer(sw.unknownClass);
    },
    purposeOf: (octets) => {
      const { cla, ins } = parseCommand(octets) ?? unreadable;
      if (cla !== classes.plain && cla !== classes.secured) return 'other';
      if (ins === 0x20) return 'verify';
      return ins === 0xea || ins === 0xc1 ? 'sign' : 'other';
    },
    triesLeft: pin.triesLeft,
  };
};
