/**
 * The answer to `/pkcs11info`.
 *
 * @packageDocumentation
 */
import { type Certificate, decodeCertificate, nameTypes, nameValues } from '@mandate/certificates';
import * as E from 'fp-ts/lib/Either.js';
import { answerOf } from '../hipki/answer.js';
import { retCodes, signed32 } from '../hipki/codes.js';
import { type Bag, toBase64 } from '../hipki/json.js';
import { isFault, type SeenSlot } from './cards.js';
import { readingCodes } from './fault-codes.js';

/** The protocol that is spoken: at least what pages of 2020 ask for on the system for which they ask the most. */
export const protocolVersion = '1.3.4.103321';

/** The three texts that the component has; a page compares them as they are. */
const usageOf = ({ keyUsage }: Certificate): string => {
  if (keyUsage?.has('keyCertSign') === true) return 'keyCertSign|cRLSign';
  if (keyUsage?.has('keyEncipherment') === true || keyUsage?.has('dataEncipherment') === true)
    return 'keyEncipherment|dataEncipherment';
  return 'digitalSignature';
};

const labels: Readonly<Record<string, string>> = {
  digitalSignature: 'cert1',
  'keyEncipherment|dataEncipherment': 'cert2',
  'keyCertSign|cRLSign': 'CACert',
};

const seconds = (milliseconds: number): number => Math.floor(milliseconds / 1000);

const certificateBag = (certificate: Certificate): Bag => {
  const usage = usageOf(certificate);
  return {
    certb64: toBase64(certificate.der),
    label: labels[usage] ?? '',
    usage,
    id: certificate.ski ?? '',
    sn: certificate.serialNumber,
    subjectDN: certificate.subject.text,
    issuerDN: certificate.issuer.text,
    subjectID: nameValues(certificate.subject, nameTypes.serialNumber)[0] ?? '',
    holderRank: '',
    email: '',
    notBeforeT: seconds(certificate.notBefore),
    notAfterT: seconds(certificate.notAfter),
  };
};

const certificatesOf = async (ders: ReadonlyArray<Uint8Array>): Promise<ReadonlyArray<Bag>> => {
  const read = await Promise.all(ders.map((der) => decodeCertificate(der)()));
  return read.filter(E.isRight).map(({ right }) => certificateBag(right));
};

const tokenOf = async ({ card }: SeenSlot, withCertificates: boolean): Promise<unknown> => {
  if (card === undefined) return null;
  if (isFault(card)) return 'unknown token';
  const serialNumber = card.view.cardNumber ?? '';
  return withCertificates
    ? { serialNumber, certs: await certificatesOf(card.view.certificates), keys: [] }
    : { serialNumber };
};

/**
 * Why a card cannot be read, or does not sign: the agent's own word, in the codes of a signature. Of a card that is not known also
 * its answer to reset, by which it can be reported; that names the chip and nobody.
 */
const hindranceOf = ({ card }: SeenSlot): Bag => {
  if (card === undefined) return {};
  if (!isFault(card))
    return card.view.signs === false ? { ret_code: signed32(retCodes.unsupported), last_error: 0 } : {};
  const { retCode, lastError } = readingCodes(card);
  const message = card.code === 'CARD_UNKNOWN' ? card.detail : undefined;
  return {
    ret_code: signed32(retCode),
    last_error: signed32(lastError),
    ...(message === undefined ? {} : { message }),
  };
};

/** Readers and what is in them. `asksPin` is the agent's own word: a page need not ask for one. */
export const infoAnswer = async (
  slots: ReadonlyArray<SeenSlot>,
  { withCertificates, asksPin }: { readonly withCertificates: boolean; readonly asksPin: boolean },
): Promise<Bag> =>
  answerOf('pkcs11info', retCodes.ok, {
    serverVersion: protocolVersion,
    libraryDescription: 'Mandate card agent',
    libraryVersion: '0.1',
    asksPin,
    slots: await Promise.all(
      slots.map(async (slot) => ({
        slotDescription: slot.slotDescription,
        token: await tokenOf(slot, withCertificates),
        ...hindranceOf(slot),
      })),
    ),
  });
