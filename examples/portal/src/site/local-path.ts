/** A path of this site out of an address that came from outside; the home page for everything else. */
export const localPath = (text: string | null): string => {
  if (text === null || text.length > 500 || !/^\/(?![/\\])[\x21-\x7e]*$/.test(text)) return '/';
  const { origin, pathname, search } = new URL(text, 'http://portal.invalid');
  return origin === 'http://portal.invalid' && !pathname.startsWith('//') ? `${pathname}${search}` : '/';
};
