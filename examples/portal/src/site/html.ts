/**
 * Markup with everything in it escaped: `html` of Hono, without promises.
 *
 * @packageDocumentation
 */
import { html as honoHtml } from 'hono/html';

/** A piece of a page. Made by {@link html} alone. */
export interface Html {
  readonly __html: unique symbol;
}

type Part = Html | string | number | undefined | false | null | ReadonlyArray<Html>;

/** Text that comes between is escaped; what is `undefined`, `false` or `null` is left out. */
export const html = (strings: TemplateStringsArray, ...parts: ReadonlyArray<Part>): Html =>
  honoHtml(strings, ...parts) as unknown as Html;

export const nothing: Html = html``;

/** The text of a page. */
export const render = (page: Html): string => String(page);

const flags = {
  autofocus: html` autofocus`,
  checked: html` checked`,
  hidden: html` hidden`,
  readonly: html` readonly`,
  required: html` required`,
  selected: html` selected`,
};

/** An attribute that stands or does not. */
export const flag = (name: keyof typeof flags, on: boolean): Html => (on ? flags[name] : nothing);

/** An attribute with a value, left out where there is none. */
export const attribute = (
  name:
    | 'aria-current'
    | 'aria-describedby'
    | 'aria-invalid'
    | 'autocomplete'
    | 'inputmode'
    | 'maxlength'
    | 'value',
  value: string | undefined,
): Html =>
  value === undefined ? nothing : html([` ${name}="`, '"'] as unknown as TemplateStringsArray, value);
