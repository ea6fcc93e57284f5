import { type Html, html } from '../site/html.js';
import { printedSerial } from '../site/serial.js';

/** A serial as certificate viewers show it (GEPI-53); where it does not fit in a line, it breaks in the middle. */
export const serialCode = (serial: string): Html => {
  const printed = printedSerial(serial);
  return html`<code class="serial">${printed.slice(0, 16)}<wbr>${printed.slice(16)}</code>`;
};
