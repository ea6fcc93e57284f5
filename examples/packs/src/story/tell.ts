/**
 * A story as it is told: what somebody does, what the register answers, and whether that is what it must answer.
 *
 * @packageDocumentation
 */
import {
  errorTextOf,
  type Instant,
  type PortalPolicy,
  printRocDateTime,
  type RegisterError,
  registerErrors,
} from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';

export type Line = (text?: string) => void;

type Answer<A> = E.Either<RegisterError, A>;

export interface Teller {
  /** A part of the story, with the items of the manual that it shows. */
  readonly chapter: (zh: string, en: string, items: string) => void;
  /** Words of the portal, by their key in the pack. */
  readonly says: (...keys: ReadonlyArray<string>) => void;
  readonly fact: (text: string) => void;
  /** What must be done, with the types of its events where it has any. The story ends where it is refused. */
  readonly done: <A>(
    zh: string,
    en: string,
    doing: Promise<Answer<A>>,
    ...types: ReadonlyArray<string>
  ) => Promise<A>;
  /** What must be refused: by this code, or by `path CODE` of a field. */
  readonly refused: (zh: string, en: string, doing: Promise<Answer<unknown>>, code: string) => Promise<void>;
  /** A question, and the answer that it must have. */
  readonly asked: (
    zh: string,
    en: string,
    answer: Promise<string> | string,
    expected: string,
  ) => Promise<void>;
  /** Everything so far came as it must. */
  readonly holds: () => boolean;
}

const printed = (epochMs: number): string => printRocDateTime(new Date(epochMs).toISOString() as Instant);

/** `115年03月02日 10:00`. */
export const shortTime = (epochMs: number): string =>
  printed(epochMs).replace(/(\d\d)點(\d\d)分.*/, ' $1:$2');

const typesOf = (answer: unknown): string =>
  typeof answer === 'object' && answer !== null && 'events' in answer && Array.isArray(answer.events)
    ? answer.events.map(({ type }) => String(type)).join(' + ')
    : '';

/** Code and both texts of a refusal, in the words of the pack; those of its fields where it names some. */
const refusalOf = (policy: PortalPolicy, error: RegisterError) => {
  const fields = error.fields ?? [];
  if (fields.length === 0) return { code: error.code, ...errorTextOf(policy, error) };
  return {
    code: fields.map(({ path, code }) => `${path} ${code}`).join(', '),
    zh: [...new Set(fields.map(({ zh }) => zh))].join(' '),
    en: [...new Set(fields.map(({ en }) => en))].join(' '),
  };
};

export const createTeller = (policy: PortalPolicy, now: () => number, line: Line): Teller => {
  const words = new Map(Object.entries(policy.texts));
  const errors = new Map(Object.entries(registerErrors));
  let holds = true;
  const told = (mark: string, zh: string, en: string, asExpected: boolean, expected: string): void => {
    line(`  ${asExpected ? mark : '‼'} ${zh}  ${en}`);
    if (asExpected) return;
    holds = false;
    line(`      ‼ 預期為 expected: ${expected}`);
  };
  const refusal = (error: RegisterError): string => {
    const { code, zh, en } = refusalOf(policy, error);
    line(`      ${code}`);
    line(`      ${zh}`);
    line(`      ${en}`);
    return code;
  };
  return {
    chapter: (zh, en, items) => line(`\n■ ${zh}  ${en}  [${items}]\n  ${shortTime(now())}`),
    says: (...keys) => {
      for (const key of keys) {
        const text = words.get(key);
        if (text === undefined) holds = false;
        line(`  「${text?.zh ?? `‼ ${key}`}」`);
        line(`    ${text?.en ?? ''}`);
      }
    },
    fact: (text) => line(`      ${text}`),
    done: async (zh, en, doing, ...types) => {
      const answer = await doing;
      const expected = types.join(' + ');
      if (E.isLeft(answer)) {
        told('✓', zh, en, false, expected || 'done');
        throw new Error(`the story ends here: ${refusal(answer.left)}`);
      }
      const found = typesOf(answer.right);
      told('✓', zh, en, found === expected, expected || 'no event');
      if (found !== '') line(`      ${found}`);
      return answer.right;
    },
    refused: async (zh, en, doing, code) => {
      const answer = await doing;
      const found = E.isLeft(answer) ? refusalOf(policy, answer.left).code : 'not refused';
      told('✗', zh, en, found === code, code);
      if (E.isLeft(answer)) refusal(answer.left);
      else line(`      ${found}`);
    },
    asked: async (zh, en, answer, expected) => {
      const found = await answer;
      told('·', zh, en, found === expected, expected);
      line(`      ${found}`);
      const code = errors.get(found);
      if (code !== undefined) line(`      ${errorTextOf(policy, { code: found, ...code }).zh}`);
    },
    holds: () => holds,
  };
};
