export { type AuthorityIndex, type AuthoritySize, createAuthorityIndex } from './authority-index.js';
export type * from './model.js';
