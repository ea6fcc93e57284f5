/** A PIV card (NIST SP 800-73-4): the open standard, so that other programs can be asked whether it is one. */
import { answer, type Command, parseCommand, sw } from './apdu.js';
import { commandChains, longAnswers } from './long-exchange.js';
import { ascii, concat, fromHex, padded, sameOctets, toHex } from './octets.js';
import { cardPin } from './pin.js';
import { pivAdministrator, testManagementKey } from './piv-administrator.js';
import { pivKeys } from './piv-keys.js';
import { applicationTemplate, pivAid, pivObjects } from './piv-objects.js';
import { elementsOf, tlv } from './tlv.js';
import { type KeyCardOptions, savedCard, type VirtualCard } from './virtual-card.js';

const historical = ascii('MANDATE');

const withChecksum = (octets: Uint8Array): Uint8Array =>
  concat(octets, Uint8Array.of(octets.subarray(1).reduce((sum, one) => sum ^ one, 0)));

/** T=0 and T=1, historical bytes `MANDATE`. */
export const pivAtr: Uint8Array = withChecksum(concat(fromHex('3B878001'), historical));

/** Reference of the PIV PIN (SP 800-73-4 part 1, table 4). */
const pinReference = 0x80;

const isPin = (octets: Uint8Array): boolean => {
  const digits = octets.indexOf(0xff);
  const length = digits === -1 ? octets.length : digits;
  return (
    octets.length === 8 &&
    length >= 6 &&
    octets.subarray(0, length).every((one) => one >= 0x30 && one <= 0x39) &&
    octets.subarray(length).every((one) => one === 0xff)
  );
};

export interface PivOptions extends KeyCardOptions {
  /** Key 9B, AES of 192 bits. Default: that of all test cards. */
  readonly managementKey?: Uint8Array;
  /** A card that empties an object before it writes it: pulled out in the middle it holds neither. Default: it keeps the old one. */
  readonly tearing?: boolean;
}

/** What may be put into it: the certificates. */
const writable: ReadonlySet<string> = new Set(['5FC105', '5FC10A', '5FC10B']);

export const pivCard = (options: PivOptions): VirtualCard => {
  const { record, key } = savedCard(options.card);
  const objects = new Map(
    pivObjects({
      cardNumber: record.cardNumber,
      certificate: fromHex(record.certificate),
      encryptionCertificate: fromHex(record.encryptionCertificate),
    }),
  );
  const pin = cardPin(padded(ascii(options.pin), 8, 0xff), options.tries);
  const answers = longAnswers();
  const chains = commandChains((ins) => ins === 0x87 || ins === 0xdb);
  const keys = pivKeys(key, pin);
  const administrator = pivAdministrator(options.managementKey ?? testManagementKey);
  let selected = false;

  const select = ({ p1, data }: Command): Uint8Array => {
    const isOurs = data.length >= 9 && sameOctets(data, pivAid.subarray(0, data.length));
    if (p1 !== 0x04 || !isOurs) return answer(sw.notFound);
    selected = true;
    return answer(sw.ok, applicationTemplate);
  };

  const getData = ({ p1, p2, data, le }: Command): Uint8Array => {
    if (p1 !== 0x3f || p2 !== 0xff) return answer(sw.wrongParameters);
    const [tagList] = elementsOf(data) ?? [];
    if (tagList?.tag !== 0x5c) return answer(sw.wrongData);
    const object = objects.get(toHex(tagList.value));
    return object === undefined ? answer(sw.notFound) : answers.give(object, le);
  };

  const verify = ({ p1, p2, data }: Command): number => {
    if (p2 !== pinReference) return sw.referenceNotFound;
    if (p1 === 0xff && data.length === 0) {
      pin.forget();
      return sw.ok;
    }
    if (p1 !== 0) return sw.wrongParameters;
    if (data.length === 0) return pin.status();
    // What cannot be a PIN is not compared (SP 800-73-4 part 2, 3.2.1).
    if (pin.triesLeft() > 0 && !isPin(data)) return sw.wrongData;
    return pin.verify(data);
  };

  /** 5C with the tag of an object, then the object; the standard asks for the administrator, this card for its holder as well. */
  const putData = ({ p1, p2, data }: Command): number => {
    if (p1 !== 0x3f || p2 !== 0xff) return sw.wrongParameters;
    const [tagList, object, ...more] = elementsOf(data) ?? [];
    if (tagList?.tag !== 0x5c || object?.tag !== 0x53 || more.length > 0) return sw.wrongData;
    const tag = toHex(tagList.value);
    if (!writable.has(tag)) return sw.notFound;
    if (!administrator.isThere() || !pin.isVerified()) return sw.securityNotSatisfied;
    objects.set(tag, tlv(0x53, object.value));
    return sw.ok;
  };

  /** The first part of a chain that will change an object. */
  const tear = ({ cla, data }: Command): void => {
    const tag = toHex(data.subarray(2, 5));
    const mayChange = administrator.isThere() && pin.isVerified() && writable.has(tag);
    if (options.tearing === true && (cla & 0x10) !== 0 && data[0] === 0x5c && mayChange) objects.delete(tag);
  };

  const authenticate = (command: Command): Uint8Array => {
    const { status, data } = administrator.isMeant(command)
      ? administrator.authenticate(command)
      : keys.authenticate(command);
    return data === undefined ? answer(status) : answers.give(data, command.le);
  };

  const run = (command: Command): Uint8Array => {
    if (command.ins === 0xa4) return select(command);
    if (!selected) return answer(sw.conditionsNotSatisfied);
    switch (command.ins) {
      case 0xcb:
        return getData(command);
      case 0x20:
        return answer(verify(command));
      case 0xdb:
        return answer(putData(command));
      case 0x87:
        return authenticate(command);
      default:
        return answer(sw.unknownInstruction);
    }
  };

  const process = (octets: Uint8Array): Uint8Array => {
    const command = parseCommand(octets);
    if (command === undefined) return answer(sw.wrongLength);
    if ((command.cla & ~0x10) !== 0) return answer(sw.unknownClass);
    if (command.ins === 0xc0) return answers.more(command.le);
    answers.forget();
    if (command.ins === 0xdb) tear(command);
    const whole = chains.take(command);
    if (whole instanceof Uint8Array) return whole;
    keys.before(whole.ins);
    return run(whole);
  };

  return {
    kind: 'piv',
    atr: pivAtr,
    reset: () => {
      selected = false;
      pin.forget();
      answers.forget();
      chains.forget();
      administrator.forget();
      keys.before(0);
    },
    process,
    purposeOf: (octets) => {
      const ins = octets[1];
      // Without data VERIFY is a question, and no PIN is on its way.
      if (ins === 0x20) return octets.length > 5 ? 'verify' : 'other';
      if (ins === 0xdb) return 'write';
      // The administrator's key signs nothing.
      return ins === 0x87 && octets[3] !== 0x9b ? 'sign' : 'other';
    },
    triesLeft: pin.triesLeft,
  };
};
