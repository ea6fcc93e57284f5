import type { CrlSource } from '../revocation/material.js';
import type { RevocationEntry } from '../revocation/memory.js';
import type { TestPki } from './model.js';

const hourMs = 3_600_000;

/** When the lists that are to be had at a time came out: they must know of every revocation until then. */
const publishedAt = (entries: ReadonlyArray<RevocationEntry>, at: Date): Date => {
  const known = entries.map(({ when }) => Date.parse(when)).filter((when) => when <= at.getTime());
  return new Date(Math.max(Math.floor(at.getTime() / hourMs) * hourMs, ...known));
};

/**
 * The revocation lists of a test PKI's CAs as they are published: each hour, and at once when something was revoked. One
 * list for all who ask between two publications, as it is with a real CA: evidence keeps it once. In a portal
 * `httpCrlSource` of `@mandate/adapters-http` brings those of the real CAs.
 */
export const publishedLists = (pki: TestPki): CrlSource => {
  const { crls } = pki.publish();
  const current = new Map<
    string,
    { readonly edition: string; readonly lists: ReturnType<CrlSource['find']> }
  >();
  return {
    find: (query) => {
      const entries = pki.revocation.entries();
      const at = publishedAt(entries, query.at);
      const edition = `${at.getTime()} ${entries.length}`;
      const address = JSON.stringify([query.issuer.normal, query.uris]);
      const kept = current.get(address);
      if (kept?.edition === edition) return kept.lists;
      const found = crls.find({ ...query, at })();
      const lists = () => found;
      current.set(address, { edition, lists });
      return lists;
    },
  };
};
