/**
 * Appends over one call, each with an id of its own and an end to its waiting.
 *
 * @packageDocumentation
 */
import { randomUUID } from 'node:crypto';
import * as E from 'fp-ts/lib/Either.js';
import type { BatchCall, Connection } from './connection.js';
import { again, type Trouble, troubleOf } from './faults.js';
import { inTime } from './in-time.js';
import { type BatchAppendReq, type BatchAppendResp, uuid, uuidText } from './messages.js';

/** Sends appends. */
export interface BatchLane {
  /** The server's answer, or why there is none: then it is not known whether the append is stored. */
  readonly send: (request: BatchAppendReq) => Promise<E.Either<Trouble, BatchAppendResp>>;
}

type Answer = (answer: E.Either<Trouble, BatchAppendResp>) => void;

interface OpenLane {
  readonly call: BatchCall;
  readonly pending: Map<string, Answer>;
}

const doing = 'append';

/** Makes a {@link BatchLane}. */
export const batchLane = (connection: Connection, deadlineMilliseconds: number): BatchLane => {
  let current: Promise<OpenLane> | undefined;

  const connect = async (over: () => void): Promise<OpenLane> => {
    const call = await inTime(connection.batchAppend(), deadlineMilliseconds);
    const pending = new Map<string, Answer>();
    const leave = (trouble: Trouble): void => {
      over();
      const waiting = [...pending.values()];
      pending.clear();
      for (const answer of waiting) answer(E.left(trouble));
    };
    call.on('data', (response) => {
      // An answer that nobody waits for any more is no error.
      pending.get(uuidText(response.getCorrelationId()))?.(E.right(response));
    });
    call.on('error', (error) => leave(troubleOf(error, doing)));
    call.on('end', () => {
      // The server may end the call in good order and leave appends unanswered; the other half must end too.
      call.end();
      leave(again(`${doing}: the server ended the call without an answer`));
    });
    return { call, pending };
  };
  const lane = (): Promise<OpenLane> => {
    if (current !== undefined) return current;
    const over = (): void => {
      if (current === opened) current = undefined;
    };
    const opened = connect(over);
    current = opened;
    opened.catch(over);
    return opened;
  };

  const send: BatchLane['send'] = async (request) => {
    const client = connection.current();
    let opened: OpenLane;
    try {
      opened = await lane();
    } catch (error) {
      return E.left(troubleOf(error, doing));
    }
    const id = randomUUID();
    request.setCorrelationId(uuid(id));
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        // No answer: the socket may be open at this end alone. Whatever waits on it is told so.
        opened.call.cancel();
        connection.renew(client);
        answer(E.left(again(`${doing}: no answer in ${deadlineMilliseconds} ms`)));
      }, deadlineMilliseconds);
      const answer: Answer = (given) => {
        clearTimeout(timer);
        opened.pending.delete(id);
        resolve(given);
      };
      opened.pending.set(id, answer);
      try {
        opened.call.write(request);
      } catch (error) {
        answer(E.left(troubleOf(error, doing)));
      }
    });
  };
  return { send };
};
