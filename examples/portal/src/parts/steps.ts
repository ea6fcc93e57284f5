/**
 * Where one stands in a purpose: terms, cards in the policy's order (GEPI-20), the work.
 *
 * @packageDocumentation
 */
import type { PurposePolicy } from '@mandate/domain';
import { attribute, type Html, html, nothing } from '../site/html.js';
import type { View } from '../site/view.js';

/** Keys of the steps' names. */
export const stepKeys = ({ terms, steps, commands, reuse }: PurposePolicy): ReadonlyArray<string> => [
  ...(terms ? ['step.terms'] : []),
  ...steps.map(({ role }) => `step.card.${role}`),
  ...(commands.length === 0
    ? ['step.result']
    : reuse === 'session'
      ? ['step.work']
      : terms
        ? ['step.confirm', 'step.done']
        : commands.includes('LogIn')
          ? ['step.done']
          : ['step.confirm']),
];

/** The list of steps; `current` is one of {@link stepKeys}. */
export const stepper = (view: View, purpose: PurposePolicy, current: string): Html => {
  const { say } = view.words;
  const keys = stepKeys(purpose);
  const at = keys.indexOf(current);
  return html`<ol class="steps" aria-label="${say('step.title')}">${keys.map((key, index) => {
    const state = index < at ? 'past' : index === at ? 'now' : 'next';
    return html`<li class="${state}"${attribute('aria-current', state === 'now' ? 'step' : undefined)}><span class="step-number" aria-hidden="true"></span><span>${say(
      key,
    )}${state === 'past' ? html`<span class="unseen">(${say('step.state.done')})</span>` : nothing}</span></li>`;
  })}</ol>`;
};
