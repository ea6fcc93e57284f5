import { type DigestName, digestOids } from '../crypto/digest.js';
import { encodeSignedData, type SignedDataSpec, toBeSigned } from '../der/encode-signed-data.js';
import { standardAttributes } from '../signed-data/build-attributes.js';
import type { TestKey } from './keys.js';

type Octets = Uint8Array<ArrayBuffer>;

/** How a card answers; the defaults are an answer as it should be. */
export interface SignOptions {
  readonly signingTime?: Date;
  /** A string is written as one, octets as OCTET STRING. */
  readonly nonce?: string | Uint8Array;
  readonly withCardNumber?: boolean;
  /** The content is left out of the answer. */
  readonly detached?: boolean;
  /** Certificates to send along with the signer's. */
  readonly extraCertificates?: ReadonlyArray<Uint8Array>;
  /** Default SHA-256. */
  readonly digest?: DigestName;
  /** Wrong on purpose: the signature directly over the content, as components before 2020 made it. */
  readonly withoutAttributes?: boolean;
  /** Wrong on purpose: a contentType attribute that says something else than the content. */
  readonly contentTypeAttribute?: string;
  /** Wrong on purpose: a messageDigest of other octets. */
  readonly digestOf?: Uint8Array;
  /** Wrong on purpose: the encapsulated content's own type. */
  readonly contentType?: string;
  /** Further attributes, as DER. */
  readonly extraAttributes?: ReadonlyArray<Uint8Array>;
  /** Wrong on purpose: no certificate at all. */
  readonly withoutCertificate?: boolean;
}

export interface Signer {
  readonly key: TestKey;
  readonly certificate: Uint8Array;
  /** DER of the issuer's name and the magnitude of the serial, as the certificate has them. */
  readonly issuer: Uint8Array;
  readonly serial: Uint8Array;
  readonly cardNumber: string;
}

const attributesOf = async (
  { cardNumber }: Signer,
  content: Uint8Array,
  options: SignOptions,
): Promise<ReadonlyArray<Uint8Array>> => {
  const { nonce, signingTime, digest, contentTypeAttribute } = options;
  const standard = await standardAttributes(
    options.digestOf ?? content,
    {
      ...(signingTime === undefined ? {} : { signingTime }),
      ...(nonce === undefined ? {} : { nonce }),
      ...(options.withCardNumber === true ? { cardNumber } : {}),
    },
    {
      ...(digest === undefined ? {} : { digest }),
      ...(contentTypeAttribute === undefined ? {} : { contentType: contentTypeAttribute }),
    },
  );
  return [...standard, ...(options.extraAttributes ?? [])];
};

/** CMS SignedData in DER, as a card's component answers a challenge. */
export const makeSignedData = async (
  signer: Signer,
  content: Uint8Array,
  options: SignOptions = {},
): Promise<Octets> => {
  const digest = options.digest ?? 'SHA-256';
  const spec: SignedDataSpec = {
    content,
    detached: options.detached === true,
    certificates: [
      ...(options.withoutCertificate === true ? [] : [signer.certificate]),
      ...(options.extraCertificates ?? []),
    ],
    issuer: signer.issuer,
    serial: signer.serial,
    digestOid: digestOids[digest],
    ...(options.contentType === undefined ? {} : { contentType: options.contentType }),
    ...(options.withoutAttributes === true
      ? {}
      : { attributes: await attributesOf(signer, content, options) }),
  };
  return encodeSignedData(spec, await signer.key.sign(digest, toBeSigned(spec)));
};
