/**
 * Colours, where somebody sees them.
 *
 * @packageDocumentation
 */

export interface Style {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly good: (text: string) => string;
  readonly warn: (text: string) => string;
  readonly bad: (text: string) => string;
}

const same = (text: string): string => text;

const code =
  (on: number, off: number) =>
  (text: string): string =>
    text === '' ? '' : `\u001b[${on}m${text}\u001b[${off}m`;

export const plain: Style = { bold: same, dim: same, good: same, warn: same, bad: same };

const coloured: Style = {
  bold: code(1, 22),
  dim: code(2, 22),
  good: code(32, 39),
  warn: code(33, 39),
  bad: code(31, 39),
};

/** Colours on a terminal, and not where `NO_COLOR` is set (no-color.org). */
export const styleFor = (isTerminal: boolean, environment: NodeJS.ProcessEnv): Style =>
  isTerminal && (environment['NO_COLOR'] ?? '') === '' && environment['TERM'] !== 'dumb' ? coloured : plain;
