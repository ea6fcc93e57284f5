/**
 * Answers that are one text. A server that knows the text writes it out as it is, and need not read it back from a stream.
 *
 * @packageDocumentation
 */

const texts = new WeakMap<Response, string>();

/** An answer like any other, whose text is remembered beside it. */
export const textResponse = (
  text: string,
  init: { readonly status: number; readonly headers: Headers },
): Response => {
  const response = new Response(text, init);
  texts.set(response, text);
  return response;
};

/** The text of an answer that nobody has read yet; `undefined` where it is not known. */
export const textOf = (response: Response): string | undefined =>
  response.bodyUsed ? undefined : texts.get(response);
