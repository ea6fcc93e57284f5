/**
 * The pack's texts in the reader's language.
 *
 * @packageDocumentation
 */
import type { PortalPolicy, Text } from '@mandate/domain';

export type Lang = 'zh' | 'en';

export const isLang = (value: unknown): value is Lang => value === 'zh' || value === 'en';

/** For the `lang` attribute. */
export const langTag: Readonly<Record<Lang, string>> = { zh: 'zh-Hant-TW', en: 'en' };

export interface Words {
  readonly lang: Lang;
  /** A text of the pack by its key. A key that no pack has is shown as it is, where a test sees it. */
  readonly say: (key: string) => string;
  /** Whether the pack has such a text. */
  readonly has: (key: string) => boolean;
  readonly pick: (text: Text) => string;
}

export const wordsOf = ({ texts }: PortalPolicy, lang: Lang): Words => ({
  lang,
  has: (key) => Object.hasOwn(texts, key),
  say: (key) => (Object.hasOwn(texts, key) ? (texts[key]?.[lang] ?? key) : key),
  pick: (text) => text[lang],
});

/**
 * A label as the manual prints it, 「* 機關代號(五碼):」, without its mark and colon: those are the page's to draw.
 */
export const bareLabel = (label: string): string => label.replace(/^\*\s*/, '').replace(/[::]\s*$/, '');
