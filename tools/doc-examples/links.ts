// Links from page to page.
import { posix } from 'node:path';

const link = /\]\((?!https?:|mailto:|#)([^)\s#]+)(?:#[^)\s]*)?\)/g;

/** Links of a page that lead nowhere, as `file:line: words`. */
export const brokenLinks = (
  path: string,
  markdown: string,
  isThere: (path: string) => boolean,
): ReadonlyArray<string> =>
  markdown.split('\n').flatMap((text, index) =>
    [...text.matchAll(link)]
      .map(([, target = '']) => target)
      .filter((target) => !isThere(posix.join(posix.dirname(path), target)))
      .map((target) => `${path}:${index + 1}: the link to ${target} leads nowhere`),
  );
