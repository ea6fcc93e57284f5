/**
 * The story as text, step by step while it happens.
 *
 * @packageDocumentation
 */
import { type Outcome, printExpectation } from '../story/outcome.js';
import type { Listener, Told } from '../story/run.js';
import type { Chapter } from '../story/step.js';
import { wrap } from './cells.js';
import { clockTime, rocDay } from './dates.js';
import { type Page, printHeading, printLed, printPair } from './page.js';

const indent = 10;

/** ✓ carried out, ✗ refused as it must be, ? asked and answered, ‼ not as expected. */
const mark = ({ style }: Page, told: Told): string => {
  if (!told.asExpected) return style.bad('‼');
  switch (told.outcome.kind) {
    case 'done':
      return told.outcome.dryRun ? style.good('~') : style.good('✓');
    case 'answer':
      return style.good('·');
    default:
      return style.warn('✗');
  }
};

const codeOf = (outcome: Outcome): string => {
  switch (outcome.kind) {
    case 'done': {
      if (outcome.repeated) return '';
      const events = outcome.events.join(' + ');
      return outcome.dryRun ? `(${events})` : events;
    }
    case 'answer':
      return '';
    default:
      return outcome.code;
  }
};

const printOutcome = (page: Page, outcome: Outcome): void => {
  if (outcome.kind === 'refused' && outcome.fields.length > 0) {
    for (const field of outcome.fields) printPair(page, indent, field.zh, `${field.path} ${field.code}`);
  } else printPair(page, indent, outcome.zh, codeOf(outcome));
  for (const { label, value } of outcome.facts ?? []) {
    const lines = wrap(`${label.zh}:${value}`, page.width - indent - 2);
    for (const [index, line] of lines.entries())
      page.line(' '.repeat(index === 0 ? indent : indent + 2) + line);
  }
};

/** The legend that the marks need. */
export const printLegend = ({ line, style }: Page): void => {
  line(
    `${style.good('✓')} 完成 done   ${style.warn('✗')} 依規定拒絕 rightly refused   ${style.good('·')} 查詢 asked`,
  );
  line(`${style.good('~')} 試算 dry run   ${style.bad('‼')} 不符預期 not as expected`);
};

/** Prints chapters and steps. What an earlier start did is counted, not told again. */
export const storyPrinter = (page: Page): Listener & { readonly end: () => void } => {
  let group = '';
  let before = 0;

  const flush = (): void => {
    if (before > 0) page.line(page.style.dim(`  (先前已完成 ${before} 步 done by an earlier start)`));
    before = 0;
  };

  const step = (told: Told): void => {
    if (told.before && told.asExpected) {
      before += 1;
      return;
    }
    flush();
    const { agency, text, expect } = told.step;
    const heading = `${rocDay(told.at)}  ${agency === undefined ? '承保機關' : `${agency.code} ${agency.name}`}`;
    if (heading !== group) {
      page.line();
      page.line(`  ${page.style.bold(heading)}`);
      group = heading;
    }
    const lead = `  ${page.style.dim(clockTime(told.at))} ${mark(page, told)} `;
    printLed(page, indent, lead, text.zh, text.en);
    printOutcome(page, told.outcome);
    if (!told.asExpected) {
      printPair(page, indent, `‼ 預期為 expected: ${printExpectation(expect)}`, '', { main: page.style.bad });
    }
  };

  return {
    chapter: ({ title }: Chapter) => {
      flush();
      printHeading(page, title.zh, title.en);
      group = '';
    },
    step,
    end: flush,
  };
};
