/**
 * From the words of the command line to a command and its options.
 *
 * @packageDocumentation
 */
import { parseArgs } from 'node:util';
import * as E from 'fp-ts/lib/Either.js';
import type { Command, Given } from './command.js';
import { type CliFault, cliFault, messageOf } from './fault.js';
import { isLanguage } from './messages.js';

/** The options that every command has. */
export const everywhere = {
  help: { zh: '顯示說明', en: 'show this help' },
  json: { zh: '以 JSON 輸出結果', en: 'answer as JSON' },
  lang: { value: 'zh-TW|en', zh: '訊息語言', en: 'language of the messages' },
} as const;

/** What stands behind `--lang`, wherever that stands and however wrong the rest is; of no length where nothing does. */
export const askedLanguage = (words: ReadonlyArray<string>): string | undefined => {
  const at = words.indexOf('--lang');
  return (
    words.find((word) => word.startsWith('--lang='))?.slice('--lang='.length) ??
    (at < 0 ? undefined : (words[at + 1] ?? ''))
  );
};

/** Why the language that was asked for is none. */
const wrongLanguage = (words: ReadonlyArray<string>): CliFault | undefined => {
  const asked = askedLanguage(words);
  return asked === undefined || isLanguage(asked)
    ? undefined
    : cliFault('OPTION_WRONG', `--lang ${asked}: zh-TW or en`);
};

/** What was asked for. */
export type Asked =
  | { readonly _tag: 'Help'; readonly command: Command | undefined; readonly group?: string }
  | { readonly _tag: 'Run'; readonly command: Command; readonly given: Given };

/** The command that the first words name, two words before one. */
export const findCommand = (
  words: ReadonlyArray<string>,
  commands: ReadonlyArray<Command>,
): { readonly command: Command; readonly rest: ReadonlyArray<string> } | undefined => {
  for (const length of [2, 1]) {
    const name = words.slice(0, length).join(' ');
    const command = commands.find((one) => one.name === name);
    if (command !== undefined) return { command, rest: words.slice(length) };
  }
  return undefined;
};

type Values = Readonly<Record<string, string | boolean | undefined>>;

const parse = (
  command: Command,
  words: ReadonlyArray<string>,
): E.Either<CliFault, { readonly values: Values; readonly operands: ReadonlyArray<string> }> => {
  const specs = Object.entries({ ...everywhere, ...command.options });
  try {
    const { values, positionals } = parseArgs({
      args: [...words],
      options: Object.fromEntries(
        specs.map(([name, spec]) => [
          name,
          { type: 'value' in spec && spec.value !== undefined ? 'string' : 'boolean' },
        ]),
      ),
      strict: true,
      allowPositionals: command.operands !== undefined,
    });
    return E.right({ values: values as Values, operands: positionals });
  } catch (error) {
    return E.left(cliFault('OPTION_WRONG', messageOf(error)));
  }
};

/** Reads the words after the program's name. */
export const readArguments = (
  words: ReadonlyArray<string>,
  commands: ReadonlyArray<Command>,
): E.Either<CliFault, Asked> => {
  const found = findCommand(words, commands);
  const strange = wrongLanguage(words);
  if (strange !== undefined) return E.left(strange);
  if (found === undefined) {
    const [first] = words;
    if (first === undefined || first === '--help' || first === 'help') {
      return E.right({ _tag: 'Help', command: undefined });
    }
    // `mandate projections` alone, as one looks for what there is of it.
    const [, second] = words;
    const isGroup = commands.some(({ name }) => name.startsWith(`${first} `));
    if (isGroup && (second === undefined || second === '--help')) {
      return E.right({ _tag: 'Help', command: undefined, group: first });
    }
    return E.left(cliFault('COMMAND_UNKNOWN', words.slice(0, 2).join(' ')));
  }
  const { command, rest } = found;
  const parsed = parse(command, rest);
  if (E.isLeft(parsed)) return parsed;
  const { values, operands } = parsed.right;
  if (values['help'] === true) return E.right({ _tag: 'Help', command });
  const text = (name: string): string | undefined => {
    const value = values[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const missing = Object.entries(command.options).find(
    ([name, spec]) => spec.required === true && text(name) === undefined,
  );
  if (missing !== undefined) return E.left(cliFault('OPTION_MISSING', `--${missing[0]}`));
  if (command.operands !== undefined && operands.length !== 1) {
    return E.left(cliFault('OPTION_MISSING', command.operands));
  }
  const given: Given = {
    text,
    needed: (name) => text(name) ?? '',
    isSet: (name) => values[name] === true,
    operands,
  };
  return E.right({ _tag: 'Run', command, given });
};
