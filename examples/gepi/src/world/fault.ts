/**
 * Why a data folder cannot be used.
 *
 * @packageDocumentation
 */
import { isRecord } from './files.js';

const texts = {
  NOT_A_FOLDER: ['資料位置不是資料夾。', 'The place for the data is not a folder.'],
  NOT_OURS: [
    '此資料夾不是本程式的資料,未變更其內容;請以 --data 指定其他資料夾。',
    'This folder was not made by this program and was left as it is; name another one with --data.',
  ],
  OTHER_VERSION: [
    '此資料夾由其他版本的程式建立,無法接續;請以 --data 指定其他資料夾。',
    'This folder was made by another version of the program; name another one with --data.',
  ],
  DAMAGED: [
    '此資料夾的內容已損壞,無法接續;請以 --data 指定其他資料夾。',
    'What is in this folder is damaged; name another one with --data.',
  ],
  UNUSABLE: ['無法使用此資料夾。', 'This folder cannot be used.'],
} as const satisfies Readonly<Record<string, readonly [zh: string, en: string]>>;

export interface FolderFault {
  readonly _tag: 'FolderFault';
  readonly code: keyof typeof texts;
  readonly zh: string;
  readonly en: string;
  /** English, for who looks into it. */
  readonly detail: string;
}

export const folderFault = (code: FolderFault['code'], detail: string): FolderFault => {
  const [zh, en] = texts[code];
  return { _tag: 'FolderFault', code, zh, en, detail };
};

/** What was thrown, in a line. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const isFolderFault = (value: unknown): value is FolderFault =>
  isRecord(value) && value['_tag'] === 'FolderFault';

/** Why a run ended: what was thrown says it, or nobody foresaw it. */
export const faultOf = (error: unknown): FolderFault =>
  error instanceof Error && isFolderFault(error.cause)
    ? error.cause
    : folderFault('UNUSABLE', messageOf(error));
