/** Where 使用者憑證登記 stands; the purposes of the pack have the shorter words. */
export const credentialsPath = (...parts: ReadonlyArray<string>): string =>
  ['/user-credentials', ...parts].join('/');
