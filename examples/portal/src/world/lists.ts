/**
 * The revocation lists of the test CAs: a new one each hour. In a portal `httpCrlSource` of `@mandate/adapters-http`
 * brings those of the real CAs.
 *
 * @packageDocumentation
 */
import type { CrlSource } from '@mandate/certificates';
import type { TestPki } from '@mandate/certificates/test-pki';

const hourMs = 3_600_000;

/** One list for all who ask within an hour, as it is with a real CA: evidence keeps it once. */
export const hourlyLists = (pki: TestPki): CrlSource => {
  const { crls } = pki.publish();
  const current = new Map<string, { readonly hour: number; readonly lists: ReturnType<CrlSource['find']> }>();
  return {
    find: (query) => {
      const hour = Math.floor(query.at.getTime() / hourMs) * hourMs;
      const place = JSON.stringify([query.issuer.normal, query.uris]);
      const kept = current.get(place);
      if (kept?.hour === hour) return kept.lists;
      const found = crls.find({ ...query, at: new Date(hour) })();
      const lists = () => found;
      current.set(place, { hour, lists });
      return lists;
    },
  };
};
