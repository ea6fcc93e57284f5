import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { RecordedEvent } from '../../src/ports/event-store.js';
import {
  type ChainFault,
  chainStart,
  checkLink,
  createChainCheck,
  printChainFault,
} from '../../src/register/chain.js';
import { sha256 } from './golden.js';

/** A chained event of a stream; `previous` is what its body would name. */
const link = (stream: string, revision: number, previous: string) => {
  const body = `${stream}/${revision}/${previous}`;
  const recorded = { id: body, type: 'X', stream, revision, position: '1', body, hash: sha256(body) };
  return { recorded: recorded as unknown as RecordedEvent, previous };
};

const chainOf = (stream: string, length: number) => {
  const links = [link(stream, 0, chainStart(stream).hash)];
  for (let revision = 1; revision < length; revision++) {
    links.push(link(stream, revision, links[revision - 1]?.recorded.hash ?? ''));
  }
  return links;
};

/** Checks links in the order given; the first fault. */
const check = (links: ReadonlyArray<ReturnType<typeof link>>): ChainFault | undefined => {
  const checked = createChainCheck(sha256);
  for (const { recorded, previous } of links) {
    const fault = checked(recorded, previous);
    if (fault !== undefined) return fault;
  }
  return undefined;
};

const chain = suite('the hash chain');

chain('holds over many streams at once, in whatever order they come', () => {
  const a = chainOf('agency-a', 3);
  const b = chainOf('agency-b', 3);
  assert.is(check([...a, ...b]), undefined);
  assert.is(check(a.flatMap((one, index) => [b[index] ?? one, one])), undefined);
});

chain('begins with the name of its stream: an event of another stream is no beginning', () => {
  const [first] = chainOf('agency-a', 1);
  const [other] = chainOf('agency-b', 1);
  assert.ok(first && other);
  const moved = { recorded: { ...other.recorded, stream: first.recorded.stream }, previous: other.previous };
  assert.equal(check([moved]), { _tag: 'LinkBroken', stream: 'agency-a', revision: 0 });
});

chain('tells a gap, a broken link and a changed body apart, with the place', () => {
  const [zero, one, two] = chainOf('agency-a', 3);
  assert.ok(zero && one && two);
  assert.equal(check([zero, two]), { _tag: 'Gap', stream: 'agency-a', revision: 2 });
  assert.equal(check([one]), { _tag: 'Gap', stream: 'agency-a', revision: 1 });
  assert.equal(check([zero, zero]), { _tag: 'Gap', stream: 'agency-a', revision: 0 });
  assert.equal(check([zero, { ...one, previous: two.previous }]), {
    _tag: 'LinkBroken',
    stream: 'agency-a',
    revision: 1,
  });
  const changed = { ...one, recorded: { ...one.recorded, body: `${one.recorded.body} ` } };
  assert.equal(check([zero, changed, two]), { _tag: 'HashMismatch', stream: 'agency-a', revision: 1 });
});

chain('a fault does not move the end: the right event may still follow', () => {
  const [zero, one] = chainOf('agency-a', 2);
  assert.ok(zero && one);
  const checked = createChainCheck(sha256);
  assert.is(checked(zero.recorded, zero.previous), undefined);
  assert.ok(checked(one.recorded, 'x'));
  assert.is(checked(one.recorded, one.previous), undefined);
});

chain('a fault prints as a line for operators', () => {
  assert.is(printChainFault({ _tag: 'Gap', stream: 'agency-a', revision: 4 }), 'Gap at agency-a@4');
});

chain('one link alone is checked from where the stream stands', () => {
  const [zero] = chainOf('agency-a', 1);
  assert.ok(zero);
  assert.is(checkLink(chainStart('agency-a'), zero.recorded, zero.previous, sha256), undefined);
});

chain.run();
