/**
 * Which streams of the server are the register's, and what they are called there.
 *
 * @packageDocumentation
 */
import type { StreamCategory, StreamName } from '@mandate/domain';

/** Names on the server. */
export interface Names {
  readonly onServer: (stream: StreamName) => string;
  /** The register's name for a stream of the server; `undefined` when it is not one of its own. */
  readonly ours: (name: string) => StreamName | undefined;
  /** The same of the streams that evidence lies in, which no reader of events sees. */
  readonly evidence: (name: string) => StreamName | undefined;
  /** The stream, of the register or of its evidence, whose metadata a stream of the server holds. */
  readonly withMetadata: (name: string) => StreamName | undefined;
  /** What the names of all of them, and of their metadata, begin with. */
  readonly prefixes: ReadonlyArray<string>;
}

const categories: ReadonlyArray<StreamCategory> = ['agency', 'catalogue', 'terms', 'privacy', 'renewal'];
const metadata = '$$';

/** What a namespace may be: it goes in front of every name, so that several registers can share a server. */
export const namespacePattern = /^(?:[A-Za-z0-9][A-Za-z0-9.]{0,40}\.)?$/;

/** Makes {@link Names}; the namespace is empty or ends with a dot. */
export const namesIn = (namespace: string): Names => {
  const own = categories.map((category) => `${namespace}${category}-`);
  const ours: Names['ours'] = (name) =>
    own.some((prefix) => name.startsWith(prefix)) ? (name.slice(namespace.length) as StreamName) : undefined;
  const kept = `${namespace}evidence-`;
  const evidence: Names['evidence'] = (name) =>
    name.startsWith(kept) ? (name.slice(namespace.length) as StreamName) : undefined;
  return {
    onServer: (stream) => `${namespace}${stream}`,
    ours,
    evidence,
    withMetadata: (name) => {
      if (!name.startsWith(metadata)) return undefined;
      const of = name.slice(metadata.length);
      return ours(of) ?? evidence(of);
    },
    prefixes: [...own, ...own.map((prefix) => `${metadata}${prefix}`)],
  };
};
