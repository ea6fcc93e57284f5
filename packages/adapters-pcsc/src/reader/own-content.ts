/**
 * The content as it was when a signature was asked for: what its holder does to it meanwhile, also in memory that is shared
 * with another thread, does not change what is signed. A `Buffer`'s own `slice` would be a view.
 *
 * Of no length for what cannot be read, which is not signed.
 */
export const ownContent = (content: Uint8Array): Uint8Array<ArrayBuffer> => {
  if (!(content instanceof Uint8Array)) return new Uint8Array(0);
  try {
    return new Uint8Array(content);
  } catch {
    return new Uint8Array(0);
  }
};
