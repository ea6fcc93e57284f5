/**
 * The help, made from the table of commands.
 *
 * @packageDocumentation
 */
import { everywhere } from './arguments.js';
import type { Command, OptionSpec } from './command.js';
import type { Language } from './messages.js';

const textsOf = (language: Language) => (both: { readonly zh: string; readonly en: string }) =>
  language === 'zh-TW' ? both.zh : both.en;

const exits: ReadonlyArray<readonly [number, string, string]> = [
  [0, '完成,沒有問題', 'done, and nothing was found wrong'],
  [1, '完成,但發現問題', 'done, and something was found wrong'],
  [2, '指令有誤', 'the command line is not right'],
  [3, '拒絕執行,未覆寫任何資料', 'refused; nothing was written over'],
  [
    4,
    '磁碟、儲存體或金鑰庫故障,可再執行同一指令',
    'a fault of disk, store or vault; give the same command again',
  ],
];

const rows = (lines: ReadonlyArray<readonly [string, string]>): string => {
  const width = Math.max(...lines.map(([left]) => left.length)) + 2;
  return lines.map(([left, right]) => `  ${left.padEnd(width)}${right}\n`).join('');
};

/** What is shown without a command. */
export const overview = (commands: ReadonlyArray<Command>, language: Language): string => {
  const text = textsOf(language);
  return [
    text({ zh: '用法:mandate <指令> [參數]\n\n', en: 'Usage: mandate <command> [options]\n\n' }),
    rows(commands.map((command) => [command.name, text(command)])),
    text({ zh: '\n結束代碼:\n', en: '\nExit codes:\n' }),
    rows(exits.map(([code, zh, en]) => [String(code), text({ zh, en })])),
    text({
      zh: '\n各指令的參數:mandate <指令> --help\n',
      en: '\nThe options of a command: mandate <command> --help\n',
    }),
  ].join('');
};

/** What is shown of one command. */
export const helpOf = (command: Command, language: Language): string => {
  const text = textsOf(language);
  const options: ReadonlyArray<readonly [string, OptionSpec]> = [
    ...Object.entries(command.options),
    ...Object.entries<OptionSpec>(everywhere),
  ];
  const needed = Object.entries(command.options)
    .filter(([, spec]) => spec.required === true)
    .map(([name, spec]) => ` --${name} <${spec.value ?? ''}>`)
    .join('');
  const operands = command.operands === undefined ? '' : ` ${command.operands}`;
  return [
    text({ zh: '用法:', en: 'Usage: ' }),
    `mandate ${command.name}${needed} [options]${operands}\n\n${text(command)}\n\n`,
    rows(
      options.map(([name, spec]) => [
        `--${name}${spec.value === undefined ? '' : ` <${spec.value}>`}`,
        text(spec),
      ]),
    ),
  ].join('');
};
