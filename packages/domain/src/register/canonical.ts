import canonicalize from 'canonicalize';

/** The library's types describe an ES module, but it is CommonJS: its default is the function itself. */
const serialise = canonicalize as unknown as (input: unknown) => string | undefined;

/** Canonical JSON (RFC 8785): equal values have one text, in every implementation. */
export const canonicalJson = (value: unknown): string => serialise(value) ?? 'null';
