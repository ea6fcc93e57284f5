/**
 * What a form's script says of a card that a wrong PIN locked: in the pack's words, with the ways to unlock it and the desk of
 * its CA (GEPI-17, GEPI-19, NHI-20, NHI-21). The component tells a code only.
 *
 * @packageDocumentation
 */
import { cardFault, cardFaultText, type HeldCard } from '@mandate/domain';
import { type Html, html } from '../site/html.js';
import type { View } from '../site/view.js';

/** Attributes of the form: whose card it asks for, and the text. */
export const lockedCard = ({ pack, words: { pick } }: View, kind: HeldCard['kind']): Html => {
  const { zh, en, ways, desk } = cardFaultText(cardFault('PIN_LOCKED'), { kind }, pack);
  const help = desk === undefined ? [] : [`${pick(desk.name)} ${desk.phone}`];
  return html` data-card-kind="${kind}" data-locked="${[pick({ zh, en }), ...ways.map(pick), ...help].join(' ')}"`;
};
