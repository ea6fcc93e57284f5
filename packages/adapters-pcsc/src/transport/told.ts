/**
 * What a process for cards says, read as a stranger's: native code runs in it, and what has gone wrong there must not go on
 * here.
 *
 * @packageDocumentation
 */
import type { Either } from 'fp-ts/lib/Either.js';
import * as E from 'fp-ts/lib/Either.js';

import type { PcscEvent, Transmitted } from '../process/pcsc-requests.js';
import { type ReaderState, type TransportFault, transportFault } from './transport.js';

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

const strange = E.left(transportFault('TRANSPORT', 'the process for cards answered what it must not'));

/** The codes, as a type tells them and a program does not. */
const codes: Readonly<Record<TransportFault['code'], true>> = {
  NO_PCSC: true,
  NO_READER: true,
  NO_CARD: true,
  CARD_REMOVED: true,
  CARD_BUSY: true,
  CARD_RESET: true,
  TIMEOUT: true,
  TRANSPORT: true,
  CLOSED: true,
};

const isFault = (value: unknown): value is TransportFault =>
  isObject(value) &&
  'code' in value &&
  typeof value.code === 'string' &&
  Object.hasOwn(codes, value.code) &&
  'detail' in value &&
  typeof value.detail === 'string';

/** A fault, or something that is not looked at yet. */
export const answerTold = (value: unknown): Either<TransportFault, unknown> => {
  if (!isObject(value) || !('_tag' in value)) return strange;
  if (value._tag === 'Right') return E.right('right' in value ? value.right : undefined);
  if (value._tag !== 'Left' || !('left' in value) || !isFault(value.left)) return strange;
  return E.left(transportFault(value.left.code, value.left.detail));
};

export const octetsTold = (value: unknown): Either<TransportFault, Uint8Array> =>
  value instanceof Uint8Array ? E.right(new Uint8Array(value)) : strange;

const isExchange = (value: unknown): value is Transmitted['more'][number] =>
  isObject(value) &&
  'command' in value &&
  value.command instanceof Uint8Array &&
  'answer' in value &&
  value.answer instanceof Uint8Array;

export const transmittedTold = (value: unknown): Either<TransportFault, Transmitted> =>
  isObject(value) &&
  'first' in value &&
  value.first instanceof Uint8Array &&
  'more' in value &&
  Array.isArray(value.more) &&
  value.more.every(isExchange)
    ? E.right({ first: value.first, more: value.more })
    : strange;

const isState = (value: unknown): value is ReaderState =>
  isObject(value) &&
  'reader' in value &&
  typeof value.reader === 'string' &&
  (!('atr' in value) || value.atr === undefined || value.atr instanceof Uint8Array);

export const statesTold = (value: unknown): Either<TransportFault, ReadonlyArray<ReaderState>> =>
  Array.isArray(value) && value.every(isState) ? E.right(value) : strange;

/** `undefined` for what is no event. */
export const eventTold = (value: unknown): PcscEvent | undefined => {
  if (!isObject(value) || !('watcher' in value) || !('event' in value)) return undefined;
  const { watcher, event } = value;
  return typeof watcher === 'number' && isObject(event) && 'type' in event && typeof event.type === 'string'
    ? (value as PcscEvent)
    : undefined;
};
