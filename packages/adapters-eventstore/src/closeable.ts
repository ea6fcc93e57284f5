/** Something that holds files: `close` waits for what is under way; later calls answer that it is closed. */
export interface Closeable {
  readonly close: () => Promise<void>;
}
