const setTag = 0x31;
const objectIdentifierTag = 0x06;

/**
 * Whether a bare signature over these octets could be passed off as one over the signed attributes of an answer (RFC 5652
 * 5.4): a SET, in which the first attribute begins with an object identifier. However its lengths are spelled, the tag of
 * that stands in it; in a text that begins with the digit 1 it stands nowhere, since it is a control character.
 */
export const couldBeSignedAttributes = (octets: Uint8Array): boolean =>
  octets[0] === setTag && octets.includes(objectIdentifierTag);
