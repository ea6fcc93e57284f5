/** What a tab remembers from page to page. Browsers may forbid it: then it is asked or chosen again. */
export const recall = (name: string): string | undefined => {
  try {
    return sessionStorage.getItem(name) ?? undefined;
  } catch {
    return undefined;
  }
};

export const remember = (name: string, value: string): void => {
  try {
    sessionStorage.setItem(name, value);
  } catch {
    // Asked again on the next page, then.
  }
};
