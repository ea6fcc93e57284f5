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

/** Everything that a call gives, or what went wrong. Nothing coming for `deadlineMilliseconds` is a trouble, too. */
export const readWhole = async (
  connection: Connection,
  request: ReadReq,
  deadlineMilliseconds: number,
  doing: string,
): Promise<E.Either<Trouble, ReadonlyArray<ReadResp>>> => {
  const client = connection.current();
  let call: Incoming<ReadResp>;
  try {
    call = await inTime(connection.read(request, true), deadlineMilliseconds);
  } catch (error) {
    return E.left(troubleOf(error, doing));
  }
  return new Promise((resolve) => {
    const answers: Array<ReadResp> = [];
    const silence = (): void => {
      connection.renew(client);
      call.cancel();
      resolve(E.left(again(`${doing}: nothing came for ${deadlineMilliseconds} ms`)));
    };
    let timer = setTimeout(silence, deadlineMilliseconds);
    const settle = (answer: E.Either<Trouble, ReadonlyArray<ReadResp>>): void => {
      clearTimeout(timer);
      resolve(answer);
    };
    call.on('readable', () => {
      clearTimeout(timer);
      timer = setTimeout(silence, deadlineMilliseconds);
      for (let answer = call.read(); answer !== null; answer = call.read()) answers.push(answer);
    });
    call.on('error', (error) => settle(E.left(troubleOf(error, doing))));
    call.on('end', () => settle(E.right(answers)));
    call.on('close', () => settle(E.left(again(`${doing}: the call was closed`))));
  });
};
