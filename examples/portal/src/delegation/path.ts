/** Where the clerks of the session's agency are: `/clerks/{id}/delete`. */
export const clerksPath = (...parts: ReadonlyArray<string>): string => ['/clerks', ...parts].join('/');
