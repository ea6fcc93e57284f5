/**
 * Names of streams: `<category>-<id>`; the category holds no `-`.
 *
 * `agency-<portal>.<code>`, `catalogue-<portal>`, `terms-<portal>`, `privacy-<portal>`, `renewal-<card>` (docs/architecture.md
 * 3).
 *
 * @packageDocumentation
 */

import type { Pseudonym } from './key-vault.js';

declare const streamNameBrand: unique symbol;

/** The name of a stream, made by {@link agencyStream} and its siblings or read back by {@link parseStreamName}. */
export type StreamName = string & { readonly [streamNameBrand]: 'StreamName' };

/** What a stream is of. */
export type StreamCategory = 'agency' | 'catalogue' | 'terms' | 'privacy' | 'renewal';

const pattern = /^([a-z]+)-([A-Za-z0-9.]{1,120})$/;

const make = (category: StreamCategory, id: string): StreamName => `${category}-${id}` as StreamName;

/** The one stream of an agency in a portal: the agency, its manager, its clerks and its reviews. */
export const agencyStream = (portal: string, code: string): StreamName => make('agency', `${portal}.${code}`);

/** The versions of a portal's function menu. */
export const catalogueStream = (portal: string): StreamName => make('catalogue', portal);

/** The versions of a portal's terms of use. */
export const termsStream = (portal: string): StreamName => make('terms', portal);

/** Who was forgotten, when, on what legal basis. */
export const privacyStream = (portal: string): StreamName => make('privacy', portal);

/** The renewals of one card; `card` is a pseudonym. */
export const renewalStream = (card: Pseudonym): StreamName => make('renewal', card);

/** Reads a stream name from outside; `undefined` when it is not one. */
export const parseStreamName = (input: string): StreamName | undefined =>
  pattern.test(input) ? (input as StreamName) : undefined;

/** The category of a stream name. */
export const categoryOf = (stream: StreamName): string => stream.slice(0, stream.indexOf('-'));
