/**
 * Why there is no story, in both languages.
 *
 * @packageDocumentation
 */
import { usage } from '../arguments.js';
import type { FolderFault } from '../world/fault.js';
import type { Page } from './page.js';

export const printFault = ({ line, style }: Page, folder: string, fault: FolderFault): void => {
  line(style.bad(`‼ ${fault.zh}`));
  line(`  ${fault.en}`);
  line(style.dim(`  ${folder}`));
  line(style.dim(`  ${fault.code}: ${fault.detail}`));
};

export const printUsageFault = ({ line, style }: Page, word: string): void => {
  line(style.bad(`‼ 無法辨識的參數 unknown argument: ${word}`));
  line(usage.trimEnd());
};
