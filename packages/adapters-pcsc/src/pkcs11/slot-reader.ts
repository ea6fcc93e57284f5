/** Which reader of PC/SC a slot of a module is: its description is the reader's name, as far as it goes in. */

/** CK_SLOT_INFO has 64 octets for it (PKCS#11 v2.40 3.2); names of readers are often longer. */
const descriptionOctets = 64;

const cut = (reader: string): string =>
  Buffer.from(reader, 'utf8').subarray(0, descriptionOctets).toString('utf8').trimEnd();

/** Whether a module calls this reader so. Two readers whose names begin alike may both be. */
export const slotIsReader = (slotDescription: string, reader: string): boolean =>
  slotDescription === reader || (slotDescription !== '' && slotDescription === cut(reader));
