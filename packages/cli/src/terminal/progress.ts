/**
 * How far a long piece of work has come: a bar on a terminal, plain lines elsewhere.
 *
 * @packageDocumentation
 */
import type { Language } from '../messages.js';
import type { Terminal } from './terminal.js';

export interface Progress {
  /** Without a total there is no bar and no estimate. */
  readonly tell: (done: number, total?: number) => void;
  /** Ends the line. */
  readonly end: () => void;
}

const barWidth = 24;
const drawEvery = 100;
const lineEvery = 10_000;
const number = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** `1:02:03`, `2:03`. */
export const printDuration = (milliseconds: number): string => {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  const two = (value: number): string => String(value).padStart(2, '0');
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
};

/** One line of it, without its end: `45 % 12,345 of 27,000, 8,100/s, 0:02 left`. */
export const printProgress = (
  done: number,
  total: number | undefined,
  elapsed: number,
  language: Language,
): string => {
  const rate = elapsed > 0 ? (done / elapsed) * 1000 : 0;
  const speed = `${number.format(rate)}/s`;
  if (total === undefined || total === 0) return `${number.format(done)}, ${speed}`;
  // What is appended meanwhile may bring more than there was to do.
  const share = Math.min(1, done / total);
  const left = rate > 0 ? printDuration(((total - Math.min(done, total)) / rate) * 1000) : '?';
  const percent = `${Math.floor(share * 100)} %`;
  const zh = language === 'zh-TW';
  const counts = `${number.format(done)} ${zh ? '/' : 'of'} ${number.format(total)}`;
  return `${percent} ${counts}, ${speed}, ${zh ? `剩餘 ${left}` : `${left} left`}`;
};

const bar = (done: number, total: number | undefined): string => {
  if (total === undefined || total === 0) return '';
  const full = Math.round(Math.min(1, done / total) * barWidth);
  return `[${'#'.repeat(full)}${'.'.repeat(barWidth - full)}] `;
};

const wide = /\p{Script=Han}|[\u3000-\u303f\uff00-\uff60]/u;

/** The first of `texts` that is shorter than a line; of the last, so much as is. */
const fitting = (texts: ReadonlyArray<string>, columns: number): string => {
  const cut = (text: string): string => {
    let left = columns - 1;
    let fits = '';
    for (const letter of text) {
      left -= wide.test(letter) ? 2 : 1;
      if (left < 0) break;
      fits += letter;
    }
    return fits;
  };
  return texts.find((text) => cut(text) === text) ?? cut(texts.at(-1) ?? '');
};

/** Makes the {@link Progress} of one piece of work. */
export const makeProgress = (terminal: Terminal, what: string, language: Language): Progress => {
  const began = terminal.now();
  const every = terminal.isInteractive ? drawEvery : lineEvery;
  let last = began;
  let isDrawn = false;
  const draw = (done: number, total: number | undefined): void => {
    const figures = printProgress(done, total, terminal.now() - began, language);
    const text = `${what} ${figures}`;
    if (terminal.isInteractive) {
      // A line that wraps could not be drawn over.
      const line = fitting([`${what} ${bar(done, total)}${figures}`, text, figures], terminal.columns);
      terminal.err(`\r\u001b[2K${line}`);
      isDrawn = true;
    } else {
      terminal.err(`${text}\n`);
    }
  };
  return {
    tell: (done, total) => {
      const now = terminal.now();
      if (now - last < every) return;
      last = now;
      draw(done, total);
    },
    end: () => {
      if (isDrawn) terminal.err('\r\u001b[2K');
      isDrawn = false;
    },
  };
};
