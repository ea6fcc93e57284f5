import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type HolderReceipt, type ReceiptShelf, receiptShelf } from '../src/site/receipt-shelf.js';

const test = suite('portal: receipts that can be loaded again');

const receipt: HolderReceipt = {
  ...{
    of: 'holder',
    purpose: 'first-registration',
    commandId: 'c-1',
    number: 'n-1',
    at: '2026-11-21T00:00:00.000Z',
  },
  ...{ agencyCode: 'DM001', cards: [], newManager: undefined },
};

const from = (cookie = ''): Request => new Request('http://localhost/', { headers: { cookie } });
const pairOf = (setCookie: string): string => setCookie.split(';')[0] ?? '';

const keep = (shelf: ReceiptShelf, cookie = '', more: Partial<HolderReceipt> = {}) => {
  const { id, cookie: set } = shelf.keep(from(cookie), { ...receipt, ...more });
  return { id, cookie: pairOf(set), set };
};

test('the address alone shows nothing, nor does the cookie of another browser', () => {
  const shelf = receiptShelf(() => 0);
  const mine = keep(shelf);
  const others = keep(shelf);
  assert.is(shelf.find(from(mine.cookie), mine.id)?.number, 'n-1');
  assert.is(shelf.find(from(), mine.id), undefined);
  assert.is(shelf.find(from(others.cookie), mine.id), undefined);
  assert.is(shelf.ofCommand(from(others.cookie), 'c-2'), undefined);
  assert.is(shelf.ofCommand(from(mine.cookie), 'c-1'), mine.id);
  assert.match(
    mine.set,
    /^__Host-portal-receipt=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Strict; Max-Age=900$/,
  );
});

test('a second receipt of a browser leaves the first readable; a key that nobody was given is not taken', () => {
  const shelf = receiptShelf(() => 0);
  const first = keep(shelf);
  const second = keep(shelf, first.cookie, { number: 'n-2' });
  assert.is(second.cookie, first.cookie);
  for (const { id } of [first, second]) assert.ok(shelf.find(from(first.cookie), id) !== undefined);
  const planted = '__Host-portal-receipt=chosen-by-somebody-else';
  assert.is.not(keep(shelf, planted).cookie, planted);
});

test('after a quarter of an hour they are gone, and never are there more than 500', () => {
  let now = 0;
  const shelf = receiptShelf(() => now);
  const old = keep(shelf);
  now = 15 * 60_000 - 1;
  assert.ok(shelf.find(from(old.cookie), old.id) !== undefined);
  now += 1;
  assert.is(shelf.find(from(old.cookie), old.id), undefined);
  const many = Array.from({ length: 501 }, () => keep(shelf));
  const there = many.filter(({ id, cookie }) => shelf.find(from(cookie), id) !== undefined);
  assert.equal(there, many.slice(1));
});

test.run();
