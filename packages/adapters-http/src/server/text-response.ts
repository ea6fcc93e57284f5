/**
 * Answers that are one text. A server that knows the text writes it out as it is; to make a stream of it, and to read it back,
 * costs as much as all of a small request.
 *
 * @packageDocumentation
 */
import { isFromOwnServer } from './own-server.js';

/** A class because the platform's answer is one. Its stream is made when somebody asks for it. */
class TextResponse extends Response {
  readonly #text: string;
  #whole: Response | undefined;

  constructor(text: string, init: ResponseInit) {
    super(null, init);
    this.#text = text;
  }

  /** The text of an answer that nobody has begun to read. */
  get unread(): string | undefined {
    return this.#whole === undefined ? this.#text : undefined;
  }

  #made(): Response {
    this.#whole ??= new Response(this.#text, { status: this.status, headers: this.headers });
    return this.#whole;
  }

  override get body(): Response['body'] {
    return this.#made().body;
  }

  override get bodyUsed(): boolean {
    return this.#whole?.bodyUsed ?? false;
  }

  override arrayBuffer(): Promise<ArrayBuffer> {
    return this.#made().arrayBuffer();
  }

  override blob(): Promise<Blob> {
    return this.#made().blob();
  }

  override bytes(): ReturnType<Response['bytes']> {
    return this.#made().bytes();
  }

  override formData(): ReturnType<Response['formData']> {
    return this.#made().formData();
  }

  override json(): Promise<unknown> {
    return this.#made().json();
  }

  override text(): Promise<string> {
    return this.#made().text();
  }

  override clone(): Response {
    return this.#made().clone();
  }
}

/**
 * An answer to this request. Servers of other environments look behind what a page may look at, so they get the platform's
 * own; ours asks for the text.
 */
export const textResponse = (
  request: Request,
  text: string,
  init: { readonly status: number; readonly headers: Headers },
): Response => (isFromOwnServer(request) ? new TextResponse(text, init) : new Response(text, init));

/** The text of an answer that nobody has begun to read; `undefined` where it is not known. */
export const textOf = (response: Response): string | undefined =>
  response instanceof TextResponse ? response.unread : undefined;
