/**
 * 系統自動讀取: what both certificates of a card say, for the page's script, which fills them in (DOC-6, DOC-7).
 *
 * @packageDocumentation
 */
import type { AnswerOf } from '../site/answer-of.js';
import { shortfallOf } from '../site/refusal.js';
import type { Visit } from '../site/visit.js';
import { isRead, type Typed } from './model.js';

/** What the script is told of the card: serials and days, or why it is refused. */
export const cardRead = async (
  visit: Visit,
  nationalId: string,
  typed: Typed,
  tell: (shown: AnswerOf<'showCredential'>) => Readonly<Record<string, string>>,
): Promise<Response> => {
  const { words } = visit;
  if (!isRead(typed)) return visit.json({ refused: words.say('credential.read.half') });
  const { signing, encryption } = typed;
  const shown = await visit.client.showCredential({ body: { nationalId, signing, encryption } });
  if (shown._tag === 'Right') return visit.json(tell(shown.right));
  const { fields, text } = shortfallOf(shown.left);
  return visit.json({ refused: words.pick(fields[0]?.text ?? text) });
};
