/** What both replays fold: every agency's clerks with what they may do. Light on purpose, so that reading is measured. */
import { nodeSha256 } from '@mandate/adapters-eventstore';

/** An event as far as the lists look at it; the yardstick takes it from `JSON.parse` as it comes. */
export interface ListedEvent {
  readonly type: string;
  readonly data: unknown;
}

interface ClerkData {
  readonly clerk: string;
  readonly permissions: ReadonlyArray<string>;
  readonly granted: ReadonlyArray<string>;
  readonly revoked: ReadonlyArray<string>;
}

export interface ClerkLists {
  readonly apply: (stream: string, event: ListedEvent) => void;
  /** Tells equal lists. */
  readonly digest: () => string;
}

export const createClerkLists = (): ClerkLists => {
  const agencies = new Map<string, Map<string, Set<string>>>();
  return {
    apply: (stream, { type, data }) => {
      if (type !== 'ClerkAuthorized' && type !== 'ClerkPermissionsChanged') return;
      const { clerk, permissions, granted, revoked } = data as ClerkData;
      let clerks = agencies.get(stream);
      if (clerks === undefined) {
        clerks = new Map();
        agencies.set(stream, clerks);
      }
      if (type === 'ClerkAuthorized') {
        clerks.set(clerk, new Set(permissions));
        return;
      }
      const held = clerks.get(clerk);
      for (const code of revoked) held?.delete(code);
      for (const code of granted) held?.add(code);
    },
    digest: () =>
      nodeSha256(
        [...agencies]
          .map(([stream, clerks]) => {
            const lines = [...clerks].map(([clerk, held]) => `${clerk} ${[...held].sort().join()}`);
            return `${stream}\n${lines.sort().join('\n')}`;
          })
          .sort()
          .join('\n\n'),
      ),
  };
};
