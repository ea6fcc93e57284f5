// Which packages are to be installed. Pure.

/**
 * @param {ReadonlyArray<import('./needs.mjs').Need>} needs
 * @param {(command: string) => boolean} isThere
 * @returns {ReadonlyArray<string>} the packages of every need that lacks a command, each once
 */
export const missingPackages = (needs, isThere) => [
  ...new Set(needs.filter((need) => !need.commands.every(isThere)).flatMap((need) => need.packages)),
];
