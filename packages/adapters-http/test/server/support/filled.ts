/**
 * Agencies with managers and clerks, registered with test cards in the program itself; all people are invented.
 *
 * @packageDocumentation
 */
import { randomUUID } from 'node:crypto';
import type { TestCard } from '@mandate/certificates/test-pki';
import type { Executed } from '@mandate/domain';
import { right } from '../../support.js';
import { directory, type Office } from './office.js';

export interface Person {
  readonly name: string;
  readonly nationalId: string;
  readonly card: TestCard;
}

const base64 = (octets: Uint8Array): string => Buffer.from(octets).toString('base64');

/** A person with a card. */
export const person = async ({ pki }: Office, name: string, nationalId: string): Promise<Person> => ({
  name,
  nationalId,
  card: await pki.issueCitizen({ name, last4: nationalId.slice(-4) }),
});

export interface Agency {
  readonly code: string;
  readonly card: TestCard;
  readonly manager: Person;
  /** The manager authorises a clerk: the clerk's id, and what was carried out. */
  readonly authorize: (
    clerk: Person,
    permissions: ReadonlyArray<string>,
  ) => Promise<{ readonly clerk: string; readonly executed: Executed }>;
  /** The manager changes what a clerk may do. */
  readonly change: (clerkId: string, clerk: Person, permissions: ReadonlyArray<string>) => Promise<Executed>;
  readonly revoke: (clerkId: string) => Promise<Executed>;
  readonly confirmation: (purpose: string) => Promise<string>;
}

/** Registers an agency of the directory with its manager. */
export const registered = async (office: Office, code: string, manager: Person): Promise<Agency> => {
  const { register, pki, clock } = office;
  const entry = directory.find((one) => one.code === code);
  if (entry?.organisation === undefined) throw new Error(`no agency ${code}`);
  const card = await pki.issueAgency({
    ca: 'GCA',
    name: entry.name,
    organisationOid: entry.organisation.value,
  });
  const show = async (shown: TestCard, request: object): Promise<string> => {
    const { nonce, text } = right(await register.issueChallenge(request)());
    const cms = await shown.sign(new TextEncoder().encode(text), { withCardNumber: true });
    return right(await register.confirmCard({ nonce, cms: base64(cms) })()).confirmation.id;
  };
  const confirmation = async (purpose: string): Promise<string> => {
    const first = await show(card, { purpose, agencyCode: code });
    return show(manager.card, { purpose, nationalId: manager.nationalId, confirmation: first });
  };
  const execute = async (purpose: string, command: object): Promise<Executed> => {
    const around = { commandId: randomUUID(), agencyCode: code, confirmation: await confirmation(purpose) };
    const executed = right(await register.execute({ ...around, ...command })());
    clock.advance(60_000);
    return executed;
  };
  const page = right(await register.presentTerms()());
  await execute('first-registration', {
    type: 'RegisterAgency',
    terms: { hash: page.terms.hash, presentedAt: page.presentedAt, receipt: page.receipt },
    contact: { name: manager.name, email: 'lin@office.example', phone: '02-2192-7111' },
  });
  const input = ({ name, nationalId, card: held }: Person) => ({
    name,
    nationalId,
    certificate: { kind: 'card', der: base64(held.certificate), cardNumber: held.cardNumber },
  });
  return {
    ...{ code, card, manager, confirmation },
    authorize: async (clerk, permissions) => {
      const executed = await execute('delegation', {
        ...{ type: 'AuthorizeClerk', clerk: input(clerk), permissions },
      });
      const data = executed.events.find(({ type }) => type === 'ClerkAuthorized')?.data;
      return { clerk: (data as { readonly clerk: string }).clerk, executed };
    },
    change: (clerkId, clerk, permissions) =>
      execute('delegation', { ...{ type: 'ChangeClerk', clerkId, clerk: input(clerk), permissions } }),
    revoke: (clerkId) => execute('delegation', { ...{ type: 'RevokeClerk', clerkId, confirmed: true } }),
  };
};

/** Two agencies with a past: 林示範 of EX001 has two clerks, 許示範 of EX002 one. */
export const filled = async (office: Office) => {
  const lin = await person(office, '林示範', 'A223456781');
  const hsu = await person(office, '許示範', 'E129876510');
  const wang = await person(office, '王小明', 'A123456789');
  const chen = await person(office, '陳大文', 'F131104093');
  const first = await registered(office, 'EX001', lin);
  const second = await registered(office, 'EX002', hsu);
  const wangsEntry = await first.authorize(wang, ['premium-edit', 'premium-send']);
  const between = new Date(office.clock.now() - 1000).toISOString();
  const changed = await first.change(wangsEntry.clerk, wang, ['premium-edit', 'premium-query']);
  const chensEntry = await second.authorize(chen, ['premium-edit']);
  return {
    ...{ first, second, lin, hsu, wang, chen, between },
    wangId: wangsEntry.clerk,
    chenId: chensEntry.clerk,
    /** Of the last event of EX001. */
    position: changed.position ?? '',
    last: chensEntry.executed.position ?? '',
  };
};

export type Filled = Awaited<ReturnType<typeof filled>>;
