/** The language of the page. */
export const pageLanguage = (): 'zh' | 'en' => (document.documentElement.lang === 'en' ? 'en' : 'zh');
