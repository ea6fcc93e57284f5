/**
 * Every text of GEPI's screens, by key (GEPI-1…53).
 *
 * zh-TW is the manuals' own wherever they have words for it, with what the scans damaged restored.
 *
 * @packageDocumentation
 */
import { frameTexts } from './frame-texts.js';
import { gepiCardTexts } from './gepi-texts-cards.js';
import { gepiHomeTexts } from './gepi-texts-home.js';
import { gepiMessageTexts } from './gepi-texts-messages.js';
import { gepiScreenTexts } from './gepi-texts-screens.js';
import { historyTexts } from './history-texts.js';
import { workTexts } from './work-texts.js';

export const gepiTexts = {
  ...frameTexts,
  ...workTexts,
  ...historyTexts,
  ...gepiHomeTexts,
  ...gepiCardTexts,
  ...gepiScreenTexts,
  ...gepiMessageTexts,
};

export type GepiTextKey = keyof typeof gepiTexts;
