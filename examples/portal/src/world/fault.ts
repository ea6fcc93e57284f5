/**
 * Why the portal cannot start, in words.
 *
 * @packageDocumentation
 */
const texts = {
  NOT_A_FOLDER: ['資料位置不是資料夾。', 'The place for the data is not a folder.'],
  NOT_OURS: [
    '此資料夾不是本程式的資料,未變更其內容;請以 --data 指定其他資料夾。',
    'This folder was not made by this program and was left as it is; name another one with --data.',
  ],
  OTHER_VERSION: [
    '此資料夾由其他版本的程式建立;請以 --data 指定其他資料夾。',
    'This folder was made by another version of the program; name another one with --data.',
  ],
  IN_USE: ['此資料夾正由另一個執行中的入口網使用。', 'Another portal is running on this folder.'],
  DAMAGED: [
    '此資料夾的內容已損壞;請以 --data 指定其他資料夾。',
    'What is in this folder is damaged; name another one with --data.',
  ],
  UNUSABLE: ['無法使用此資料夾。', 'This folder cannot be used.'],
  PORT_IN_USE: [
    '此連接埠已有其他程式使用;請以 --port 指定其他連接埠。',
    'Another program listens on this port; name another one with --port.',
  ],
  NO_LISTENER: ['無法在此連接埠提供服務。', 'The portal cannot listen on this port.'],
} as const satisfies Readonly<Record<string, readonly [zh: string, en: string]>>;

export interface StartFault {
  readonly _tag: 'StartFault';
  readonly code: keyof typeof texts;
  readonly zh: string;
  readonly en: string;
  /** English, for who looks into it. */
  readonly detail: string;
}

export const startFault = (code: StartFault['code'], detail: string): StartFault => {
  const [zh, en] = texts[code];
  return { _tag: 'StartFault', code, zh, en, detail };
};

/** What was thrown, in a line. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
