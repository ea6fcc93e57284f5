/** The CMS profile: what must be true of an answer to a challenge before anyone looks at the certificate. */
import * as E from 'fp-ts/lib/Either.js';
import { equalBytes } from '../bytes.js';
import { type DigestName, digest, digestByOid } from '../crypto/digest.js';
import { contentOf, tags } from '../der/reader.js';
import type { SignedData, SignerInfo } from '../der/signed-data.js';
import { oidOf } from '../der/values.js';
import { type CertificateError, type CertificateErrorCode, certificateError } from '../errors.js';
import { algorithmProtectionFault } from './algorithm-protection.js';
import { attributeOids, singleValue } from './attributes.js';

const idData = '1.2.840.113549.1.7.1';

/** An answer that keeps the profile; the signature itself is not yet checked. */
export interface ProfiledAnswer {
  readonly signer: SignerInfo;
  readonly attributes: NonNullable<SignerInfo['signedAttributes']>;
  readonly digestAlgorithm: DigestName;
}

const no = (code: CertificateErrorCode, detail: string): E.Either<CertificateError, never> =>
  E.left(certificateError(code, detail));

const digestOf = ({ oid, parameters }: SignerInfo['digestAlgorithm']): DigestName | undefined =>
  parameters === 'null' || parameters === 'absent' ? digestByOid.get(oid) : undefined;

/**
 * Exactly one signer; SHA-256 or better, named the same at every place, the signed one too; attached content is the
 * challenge; signed attributes with one contentType (plain data, as the content says) (RFC 5652 5.3, 11.1).
 */
export const checkAnswer = (
  signedData: SignedData,
  challenge: Uint8Array,
): E.Either<CertificateError, ProfiledAnswer> => {
  const [signer, second] = signedData.signers;
  if (signer === undefined || second !== undefined) {
    return no('SIGNER_COUNT', `${signedData.signers.length} signers`);
  }
  const { signedAttributes } = signer;
  const digestAlgorithm = digestOf(signer.digestAlgorithm);
  if (digestAlgorithm === undefined) return no('DIGEST_NOT_ACCEPTED', signer.digestAlgorithm.oid);
  if (digestAlgorithm === 'SHA-1') {
    return signedAttributes === undefined
      ? no('SIGNED_DATA_OUTDATED', 'SHA-1 directly over the content: made by a component of before 2020')
      : no('DIGEST_NOT_ACCEPTED', 'SHA-1');
  }
  if (signedAttributes === undefined)
    return no('SIGNED_ATTRIBUTES_MISSING', 'signature directly over the content');
  const [announced, another] = signedData.digestAlgorithms;
  if (announced === undefined || another !== undefined || digestOf(announced) !== digestAlgorithm) {
    return no('DIGEST_NOT_ACCEPTED', 'digest algorithms of the message and of its signer differ');
  }

  const { list } = signedAttributes;
  const substituted = algorithmProtectionFault(list, signer);
  if (substituted !== undefined) {
    return no(
      substituted === 'digest' ? 'DIGEST_NOT_ACCEPTED' : 'SIGNATURE_ALGORITHM_NOT_ACCEPTED',
      `the ${substituted} algorithm is another than the signed one`,
    );
  }

  if (signedData.contentType !== idData) return no('CONTENT_TYPE_MISMATCH', signedData.contentType);
  if (oidOf(singleValue(list, attributeOids.contentType)) !== idData) {
    return no('CONTENT_TYPE_MISMATCH', 'contentType attribute is not one value equal to the content');
  }
  if (signedData.content !== undefined && !equalBytes(signedData.content, challenge)) {
    return no('CONTENT_MISMATCH', 'signed content is not the challenge');
  }
  return E.right({ signer, attributes: signedAttributes, digestAlgorithm });
};

/** One messageDigest that is the digest of the challenge (RFC 5652 11.2); undefined when there is. */
export const digestFault = async (
  { attributes, digestAlgorithm }: ProfiledAnswer,
  isAttached: boolean,
  challenge: Uint8Array,
): Promise<CertificateError | undefined> => {
  const stated = singleValue(attributes.list, attributeOids.messageDigest);
  const actual = await digest(digestAlgorithm, challenge);
  if (stated?.tag === tags.octetString && equalBytes(contentOf(stated), actual)) return undefined;
  return isAttached
    ? certificateError(
        'MESSAGE_DIGEST_MISMATCH',
        'messageDigest attribute is not one value equal to the digest',
      )
    : certificateError('CONTENT_MISMATCH', 'detached signature over another content than the challenge');
};
