/** Octets of hexadecimal, an odd digit in front allowed. */
export const fromHex = (hex: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex'));
