/**
 * A person at a screen: a browser with its cookies, and cards that sign.
 *
 * @packageDocumentation
 */
import type { TestCard } from '@mandate/certificates/test-pki';
import * as E from 'fp-ts/lib/Either.js';
import {
  type ClientFault,
  type CookieJar,
  cookieJar,
  type RegisterClient,
  registerClient,
} from '../../../src/client/index.js';
import { right } from '../../support.js';
import { type Office, origin, testPki } from './office.js';

// -------------------------------------------------------------------------------------
// browser
// -------------------------------------------------------------------------------------

export interface Browser {
  readonly client: RegisterClient;
  readonly cookies: CookieJar;
  /** Everything that was sent and answered. */
  readonly seen: ReadonlyArray<{ readonly request: Request; readonly response: Response }>;
}

export interface BrowserOptions {
  readonly userAgent?: string;
  readonly cookies?: CookieJar;
  readonly base?: string;
}

/** A browser before a portal. */
export const browser = (
  app: Pick<Office['app'], 'fetch'>,
  { userAgent = 'Test/1.0', cookies = cookieJar(), base = origin }: BrowserOptions = {},
): Browser => {
  const seen: { request: Request; response: Response }[] = [];
  const client = registerClient({
    base,
    cookies,
    headers: { origin, 'user-agent': userAgent },
    fetch: async (request) => {
      const response = await app.fetch(request);
      seen.push({ request, response: response.clone() });
      return response;
    },
  });
  return { client, cookies, seen };
};

/** The code of a refusal; throws where there was none. */
export const refusalOf = (answer: E.Either<ClientFault, unknown>): string => {
  if (E.isRight(answer)) throw new Error(`not refused: ${JSON.stringify(answer.right)}`);
  const { left } = answer;
  if (left.kind !== 'problem') throw new Error(`no answer: ${JSON.stringify(left)}`);
  return left.problem.code;
};

// -------------------------------------------------------------------------------------
// cards
// -------------------------------------------------------------------------------------

/** A card with what is typed beside it. */
export interface HeldCard {
  readonly card: TestCard;
  readonly nationalId?: string;
}

export const base64 = (octets: Uint8Array): string => Buffer.from(octets).toString('base64');

/** What a card makes of a challenge. */
export const signed = async ({ card }: HeldCard, text: string): Promise<string> =>
  base64(await card.sign(new TextEncoder().encode(text), { withCardNumber: true }));

export interface Cards {
  readonly office1: HeldCard;
  readonly office2: HeldCard;
  /** Managers of the two. */
  readonly lin: HeldCard;
  readonly hsu: HeldCard;
  /** Clerks. */
  readonly wang: HeldCard;
  readonly chen: HeldCard;
}

let issued: Promise<Cards> | undefined;

const issue = async (): Promise<Cards> => {
  const pki = await testPki();
  const agency = async (name: string, oid: string): Promise<HeldCard> => ({
    card: await pki.issueAgency({ ca: 'GCA', name, organisationOid: oid }),
  });
  const citizen = async (name: string, nationalId: string): Promise<HeldCard> => ({
    card: await pki.issueCitizen({ name, last4: nationalId.slice(-4) }),
    nationalId,
  });
  return {
    office1: await agency('示範市政府人事處', '2.16.886.101.90003.20001.20005'),
    office2: await agency('示範縣政府人事處', '2.16.886.101.90003.20001.20006'),
    lin: await citizen('林示範', 'A223456781'),
    hsu: await citizen('許示範', 'E129876510'),
    wang: await citizen('王小明', 'A123456789'),
    chen: await citizen('陳大文', 'F131104093'),
  };
};

/** The cards of a test file; all people are invented. */
export const testCards = (): Promise<Cards> => {
  issued ??= issue();
  return issued;
};

// -------------------------------------------------------------------------------------
// what people do
// -------------------------------------------------------------------------------------

export interface Wish {
  readonly purpose: string;
  readonly agencyCode?: string;
}

/** Shows one card for the next step. */
export const show = async (client: RegisterClient, wish: Wish, held: HeldCard) => {
  const { nationalId } = held;
  const challenge = await client.issueChallenge({
    body: { ...wish, ...(nationalId === undefined ? {} : { nationalId }) },
  });
  if (E.isLeft(challenge)) return challenge;
  const { nonce, text } = challenge.right;
  return client.confirmCard({ body: { nonce, cms: await signed(held, text) } });
};

/** Shows all cards of a purpose; throws where one is refused. */
export const showAll = async (
  client: RegisterClient,
  wish: Wish,
  ...held: ReadonlyArray<HeldCard>
): Promise<void> => {
  for (const one of held) right(await show(client, wish, one));
};

export const contact = { name: '林示範', email: 'lin@office.example', phone: '02-2192-7111' };

/** The terms as they were handed out, in the form that a command brings back. */
export const agreed = async (client: RegisterClient) => {
  const { hash, presentedAt, receipt } = right(await client.terms());
  return { hash, presentedAt, receipt };
};
