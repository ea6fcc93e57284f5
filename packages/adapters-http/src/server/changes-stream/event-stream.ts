/**
 * Server-sent events of what was committed (HTML 9.2): place, type and agency, and nothing else of an event.
 *
 * @packageDocumentation
 */
import type { Change, ChangeSource } from '../changes.js';

export interface EventStreamOptions {
  readonly changes: ChangeSource;
  /** After which position; from now on where it is left out. */
  readonly after: string | undefined;
  /** Which changes the reader may hear of. */
  readonly wanted: (change: Change) => boolean;
  /** Asked before anything is told, and now and then: false ends the stream. */
  readonly mayStill: () => Promise<boolean>;
  /** Each of them ends the stream, and is let go of when it has ended: some live as long as the program. */
  readonly signals: ReadonlyArray<AbortSignal>;
  /** A comment after so long without a change, so that nobody in between takes the stream for dead. */
  readonly heartbeatMilliseconds: number;
  /** A reader who takes nothing for so long is dropped. */
  readonly stalledMilliseconds: number;
  /** Called once, however the stream ends. */
  readonly onEnd: () => void;
}

type News =
  | { readonly _tag: 'Changes'; readonly changes: ReadonlyArray<Change> }
  | { readonly _tag: 'Quiet' }
  | { readonly _tag: 'End' };

const quiet: News = { _tag: 'Quiet' };
const end: News = { _tag: 'End' };

/** One event. A position is opaque: one that could break out of its line is not told. */
const eventOf = ({ position, type, agencyCode }: Change): string =>
  `${/[\r\n\0]/.test(position) ? '' : `id: ${position}\n`}data: ${JSON.stringify({ position, type, agencyCode })}\n\n`;

const beginning = ': changes\nretry: 3000\n\n';
const heartbeat = ': \n\n';

/**
 * Nothing is fetched before the reader has taken what was sent: memory holds one batch for each stream, however slow its
 * reader is, and one who takes nothing at all is dropped. A reader goes on with `Last-Event-ID`.
 */
export const eventStream = (options: EventStreamOptions): ReadableStream<Uint8Array> => {
  const { changes, wanted, mayStill, heartbeatMilliseconds, stalledMilliseconds } = options;
  const ending = new AbortController();
  const source = changes.after(options.after, ending.signal)[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  let begun = false;
  let ended = false;
  let next: Promise<News> | undefined;
  let stalled: ReturnType<typeof setTimeout> | undefined;
  let close = (): void => {};

  const finish = (): void => {
    if (ended) return;
    ended = true;
    clearTimeout(stalled);
    for (const signal of options.signals) signal.removeEventListener('abort', finish);
    ending.abort();
    void source.return?.();
    close();
    options.onEnd();
  };

  const nextNews = (): Promise<News> => {
    next ??= source.next().then(
      ({ done, value }): News => (done === true ? end : { _tag: 'Changes', changes: value.filter(wanted) }),
      () => end,
    );
    return next;
  };

  const orQuiet = async (news: Promise<News>): Promise<News> => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const silence = new Promise<News>((resolve) => {
      timer = setTimeout(() => resolve(quiet), heartbeatMilliseconds);
    });
    const first = await Promise.race([news, silence]);
    clearTimeout(timer);
    return first;
  };

  /** The next text to send; `undefined` at the end. */
  const nextText = async (): Promise<string | undefined> => {
    if (!begun) {
      begun = true;
      // What is committed from now on is this reader's, also before it asks for more.
      void nextNews();
      return beginning;
    }
    for (;;) {
      const news = await orQuiet(nextNews());
      if (ended || news._tag === 'End' || !(await mayStill())) return undefined;
      if (news._tag === 'Quiet') return heartbeat;
      next = undefined;
      if (news.changes.length > 0) return news.changes.map(eventOf).join('');
    }
  };

  return new ReadableStream<Uint8Array>(
    {
      start: (controller) => {
        close = () => {
          try {
            controller.close();
          } catch {
            // The reader went away before.
          }
        };
        for (const signal of options.signals) signal.addEventListener('abort', finish);
        if (options.signals.some(({ aborted }) => aborted)) finish();
      },
      pull: async (controller) => {
        clearTimeout(stalled);
        const text = await nextText();
        if (ended) return;
        if (text === undefined) {
          finish();
          return;
        }
        controller.enqueue(encoder.encode(text));
        stalled = setTimeout(finish, stalledMilliseconds);
      },
      cancel: finish,
    },
    { highWaterMark: 0 },
  );
};
