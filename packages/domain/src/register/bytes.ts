/** Bytes and text without Node's Buffer: the domain runs in a browser too. */

const encoder = new TextEncoder();

export const utf8 = (text: string): Uint8Array => encoder.encode(text);

/** Standard base64 of bytes. */
export const toBase64 = (bytes: Uint8Array): string => {
  let binary = '';
  // In parts: a spread of a large array would overflow the stack.
  for (let i = 0; i < bytes.length; i += 8192) {
    binary += String.fromCharCode(...bytes.subarray(i, i + 8192));
  }
  return btoa(binary);
};

/** A multiple of three, so that parts join without padding: a few milliseconds of work. */
const slice = 3 * 32_768;

const nextTurn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

/** The same of 20 MB, with a turn of the event loop after each slice: others are served meanwhile. */
export const toBase64InTurns = async (bytes: Uint8Array): Promise<string> => {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += slice) {
    if (at > 0) await nextTurn();
    parts.push(toBase64(bytes.subarray(at, at + slice)));
  }
  return parts.join('');
};

/** Bytes of base64 that was checked before. */
export const fromBase64 = (text: string): Uint8Array => {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < bytes.length; i += 1) bytes[i] = binary.charCodeAt(i);
  return bytes;
};
