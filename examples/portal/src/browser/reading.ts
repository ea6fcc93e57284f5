/**
 * What the forms share into which a card is read: the line that tells how it goes, and the server that is asked what a card says.
 *
 * @packageDocumentation
 */

export type Say = (text: string, isFault?: boolean) => void;

/** Says it in the form's `data-read-state`. */
export const sayIn = (form: HTMLFormElement): Say => {
  const state = form.querySelector<HTMLElement>('[data-read-state]');
  return (text, isFault = false) => {
    if (state === null) return;
    state.textContent = text;
    state.classList.toggle('bad', isFault);
  };
};

export const fieldIn =
  (form: HTMLFormElement) =>
  (name: string): HTMLInputElement | null =>
    form.querySelector(`[name="${name}"]`);

/** The answer of the form's `data-read-at`; `undefined` where it is none for a script. */
export const askServer = async (
  form: HTMLFormElement,
  fields: Readonly<Record<string, string>>,
): Promise<unknown> => {
  const body = new URLSearchParams({ csrf: fieldIn(form)('csrf')?.value ?? '', ...fields });
  const answer = await fetch(form.dataset['readAt'] ?? '', {
    method: 'POST',
    body,
    headers: { accept: 'application/json' },
  });
  const isJson = answer.headers.get('content-type')?.startsWith('application/json') === true;
  return isJson ? answer.json() : undefined;
};
