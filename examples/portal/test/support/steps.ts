/** Ways through the cards that many tests begin with. */
import type { StaffRole } from '@mandate/adapters-http/server';
import * as assert from 'uvu/assert';
import type { Running } from './portal.js';
import { hidden, type Visitor } from './visitor.js';

/** The hidden fields of a page's form. */
export const fieldsOf = (text: string): Readonly<Record<string, string>> => ({
  csrf: hidden(text, 'csrf'),
  commandId: hidden(text, 'commandId'),
});

/** Both cards of the water company: its manager is at work. */
export const delegate = async (visitor: Visitor): Promise<void> => {
  await visitor.get('/delegation/agency');
  const first = await visitor.card('/delegation/agency', 'water', { agencyCode: 'DM003' });
  assert.is(first.location, '/delegation/manager', first.text.slice(0, 3000));
  await visitor.get('/delegation/manager');
  const second = await visitor.card('/delegation/manager', 'hsu', { nationalId: 'E129876510' });
  assert.is(second.location, '/clerks', second.text.slice(0, 3000));
};

/** Agrees to the terms of a purpose (GEPI-12). */
export const agree = async (visitor: Visitor, purpose: string): Promise<void> => {
  const { text } = await visitor.get(`/${purpose}`);
  const fields = ['hash', 'presentedAt', 'receipt'].map((name) => [name, hidden(text, name)]);
  const agreed = await visitor.post(`/${purpose}`, Object.fromEntries(fields));
  assert.is(agreed.status, 303, text.slice(0, 3000));
};

/** What a page says between its head and its foot. */
export const mainOf = (text: string): string => /<main[\s\S]*<\/main>/.exec(text)?.[0] ?? text;

/** Signs in one of the demonstration's staff. */
export const staffIn = async (
  visitor: Visitor,
  { portal }: Pick<Running, 'portal'>,
  role: StaffRole,
): Promise<void> => {
  const found = portal.staff.accounts.find(({ roles }) => roles.includes(role));
  await visitor.get('/staff/sign-in');
  const sent = await visitor.post('/staff/sign-in', {
    account: found?.account ?? '',
    password: found?.password ?? '',
  });
  assert.is(sent.location, '/staff', mainOf(sent.text));
};
