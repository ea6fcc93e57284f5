/**
 * What a command is: its name, its options, both texts, and what it does.
 *
 * @packageDocumentation
 */
import type * as E from 'fp-ts/lib/Either.js';
import type { CliFault } from './fault.js';
import type { ExitCode, Language } from './messages.js';
import type { Progress } from './terminal/progress.js';
import type { Terminal } from './terminal/terminal.js';

export interface OptionSpec {
  /** What stands for its value in the help; without one it is a switch. */
  readonly value?: string;
  readonly required?: boolean;
  readonly zh: string;
  readonly en: string;
}

/** What was given. */
export interface Given {
  readonly text: (name: string) => string | undefined;
  /** The text of an option that is `required`. */
  readonly needed: (name: string) => string;
  readonly isSet: (name: string) => boolean;
  readonly operands: ReadonlyArray<string>;
}

/** What a command has around it. */
export interface Session {
  readonly terminal: Terminal;
  readonly language: Language;
  readonly isJson: boolean;
  readonly progress: (zh: string, en: string) => Progress;
  /** The text of the session's language. */
  readonly say: (zh: string, en: string) => string;
}

/** What a command answers: `json` for programs, `text` for people. */
export interface Answer {
  /** @defaultValue 0 */
  readonly exit?: ExitCode;
  readonly json: Readonly<Record<string, unknown>>;
  readonly text: string;
}

export interface Command {
  /** One word or two: `export`, `projections list`. */
  readonly name: string;
  readonly zh: string;
  readonly en: string;
  readonly options: Readonly<Record<string, OptionSpec>>;
  /** What stands after the options, for the help; without it there is nothing. */
  readonly operands?: string;
  readonly run: (given: Given, session: Session) => Promise<E.Either<CliFault, Answer>>;
}

const table = <T extends Readonly<Record<string, OptionSpec>>>(options: T): T => options;

/** Options that several commands have. */
export const common = table({
  from: {
    value: 'register',
    required: true,
    zh: '登記簿:資料夾或網址',
    en: 'the register: a folder, or an address',
  },
  'secret-file': {
    value: 'file',
    zh: '存放入口網金鑰的檔案(十六進位)',
    en: "the file that holds the portal's secret, in hex",
  },
  vault: {
    value: 'folder',
    zh: '金鑰庫所在的資料夾(預設與登記簿相同)',
    en: 'the folder of the keys, where it is not that of the register',
  },
});
