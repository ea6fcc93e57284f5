import { type Html, html } from '../site/html.js';
import type { View } from '../site/view.js';

/** A text to be pasted elsewhere, with a button that copies it where there is script. */
export const copyable = ({ words: { say } }: View, text: string): Html =>
  html`<span class="copyable"><code>${text}</code> <button type="button" class="button quiet small" data-copy="${text}" data-done="${say(
    'copy.done',
  )}" hidden>${say('button.copy')}</button><span role="status" data-copied></span></span>`;
