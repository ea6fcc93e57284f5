/**
 * Reading to the end of a page, with an end to waiting.
 *
 * @packageDocumentation
 */
import * as E from 'fp-ts/lib/Either.js';
import type { Connection, Incoming } from './connection.js';
import { again, type Trouble, troubleOf } from './faults.js';
import { inTime } from './in-time.js';
import type { ReadReq, ReadResp } from './messages.js';

/**
 * What `take` makes of everything that a call gives, or what went wrong. Nothing coming for `deadlineMilliseconds` is a trouble, too.
 *
 * Each answer is taken as it comes: kept until the end of a page, messages and their octets outlive the collections for what is young,
 * which makes each of them cost as much again. Rejects with what `take` throws.
 */
export const readWhole = async <A>(
  connection: Connection,
  request: ReadReq,
  deadlineMilliseconds: number,
  doing: string,
  take: (answer: ReadResp) => A,
): Promise<E.Either<Trouble, ReadonlyArray<A>>> => {
  const client = connection.current();
  let call: Incoming<ReadResp>;
  try {
    call = await inTime(connection.read(request, true), deadlineMilliseconds);
  } catch (error) {
    return E.left(troubleOf(error, doing));
  }
  return new Promise((resolve, reject) => {
    const taken: Array<A> = [];
    const silence = (): void => {
      connection.renew(client);
      call.cancel();
      resolve(E.left(again(`${doing}: nothing came for ${deadlineMilliseconds} ms`)));
    };
    let timer = setTimeout(silence, deadlineMilliseconds);
    const settle = (answer: E.Either<Trouble, ReadonlyArray<A>>): void => {
      clearTimeout(timer);
      resolve(answer);
    };
    call.on('readable', () => {
      clearTimeout(timer);
      timer = setTimeout(silence, deadlineMilliseconds);
      try {
        for (let answer = call.read(); answer !== null; answer = call.read()) taken.push(take(answer));
      } catch (error) {
        clearTimeout(timer);
        reject(error);
        call.cancel();
      }
    });
    call.on('error', (error) => settle(E.left(troubleOf(error, doing))));
    call.on('end', () => settle(E.right(taken)));
    call.on('close', () => settle(E.left(again(`${doing}: the call was closed`))));
  });
};
