/**
 * Runs a command line and answers its exit code.
 *
 * @packageDocumentation
 */
import * as E from 'fp-ts/lib/Either.js';
import { askedLanguage, readArguments } from './arguments.js';
import type { Command, Session } from './command.js';
import { commands as allCommands } from './commands/index.js';
import { type CliFault, fromFileError } from './fault.js';
import { helpOf, overview } from './help.js';
import { type ExitCode, exitOf, isLanguage, type Language, messages, textOf } from './messages.js';
import { makeProgress } from './terminal/progress.js';
import { languageOf, type Terminal } from './terminal/terminal.js';

const languageIn = (words: ReadonlyArray<string>, terminal: Terminal): Language => {
  const asked = askedLanguage(words);
  return asked !== undefined && isLanguage(asked) ? asked : languageOf(terminal.env);
};

const tellFault = async (
  fault: CliFault,
  isJson: boolean,
  language: Language,
  terminal: Terminal,
): Promise<void> => {
  const { zh, en } = messages[fault.code];
  if (isJson) {
    await terminal.out(`${JSON.stringify({ ok: false, code: fault.code, zh, en, detail: fault.detail })}\n`);
  } else {
    terminal.err(`mandate: ${fault.code}: ${textOf(fault.code, language)}\n  ${fault.detail}\n`);
  }
};

/** Runs what the words after the program's name ask for. Never throws. */
export const runCommandLine = async (
  words: ReadonlyArray<string>,
  terminal: Terminal,
  commands: ReadonlyArray<Command> = allCommands,
): Promise<ExitCode> => {
  const language = languageIn(words, terminal);
  const isJson = words.includes('--json');
  const refuse = async (fault: CliFault): Promise<ExitCode> => {
    await tellFault(fault, isJson, language, terminal);
    return exitOf(fault.code);
  };
  try {
    const asked = readArguments(words, commands);
    if (E.isLeft(asked)) return await refuse(asked.left);
    if (asked.right._tag === 'Help') {
      const { command, group } = asked.right;
      const shown = commands.filter(({ name }) => group === undefined || name.startsWith(`${group} `));
      await terminal.out(command === undefined ? overview(shown, language) : helpOf(command, language));
      return 0;
    }
    const say = (zh: string, en: string): string => (language === 'zh-TW' ? zh : en);
    const session: Session = {
      terminal,
      language,
      isJson,
      say,
      progress: (zh, en) => makeProgress(terminal, say(zh, en), language),
    };
    const answer = await asked.right.command.run(asked.right.given, session);
    if (E.isLeft(answer)) return await refuse(answer.left);
    const { exit = 0, json, text } = answer.right;
    await terminal.out(isJson ? `${JSON.stringify({ ok: exit === 0, ...json })}\n` : text);
    return exit;
  } catch (error) {
    // Standard output that was closed or is full, or a fault of this program: told, and no trace of a stack for an operator.
    const fault = fromFileError(error);
    terminal.err(`mandate: ${fault.code}: ${textOf(fault.code, language)}\n  ${fault.detail}\n`);
    return exitOf(fault.code);
  }
};
