/**
 * What a check found wrong, each with its place.
 *
 * @packageDocumentation
 */

/** Both texts of a kind of finding. */
const texts = {
  FILE_DAMAGED: ['資料庫檔案已損毀', 'the database file is damaged'],
  EVENT_CORRUPT: ['事件內容無法解讀', 'the event does not decode'],
  CHAIN_HASH: ['事件內容與其雜湊值不符', 'the event was changed after it was written'],
  CHAIN_LINK: ['事件未銜接前一事件', 'the event does not follow the one before it'],
  CHAIN_GAP: ['事件有缺漏', 'events are missing before it'],
  SEALED_TAMPERED: ['密封資料遭變更', 'the sealed part was changed'],
  KEY_MISSING: ['密封資料無金鑰可開啟,且無刪除紀錄', 'the key is gone, and nobody recorded a forgetting'],
  KEY_DAMAGED: ['金鑰庫已損毀,密封資料無法開啟', 'the vault is damaged, and the key cannot be used'],
  EVIDENCE_MISSING: ['找不到佐證資料', 'the evidence that it names is not there'],
  EVIDENCE_CHANGED: ['佐證資料遭變更', 'the evidence that it names was changed'],
  EVIDENCE_DAMAGED: ['佐證資料無法讀取', 'the evidence that it names cannot be read'],
} as const;

export type FindingCode = keyof typeof texts;

export interface Finding {
  readonly code: FindingCode;
  /** `null` where it is not about one event. */
  readonly stream: string | null;
  readonly revision: number | null;
  readonly detail: string;
}

/** Where something was found. */
export interface Place {
  readonly stream: string;
  readonly revision: number;
}

/** Tells a finding; without a place where it is not about one event. */
export type Found = (code: FindingCode, at: Place | undefined, detail: string) => void;

export interface Findings {
  /** The first of them, in the order in which they were met. */
  readonly findings: ReadonlyArray<Finding>;
  /** How many there are of each kind, all of them. */
  readonly counts: Readonly<Partial<Record<FindingCode, number>>>;
}

/** Both texts of a finding's kind. */
export const findingTexts = (code: FindingCode): { readonly zh: string; readonly en: string } => {
  const [zh, en] = texts[code];
  return { zh, en };
};

/** Keeps the first `most` and counts all. */
export const gatherFindings = (
  most: number,
): { readonly add: (finding: Finding) => void; readonly all: () => Findings } => {
  const findings: Array<Finding> = [];
  const counts: Partial<Record<FindingCode, number>> = {};
  return {
    add: (finding) => {
      counts[finding.code] = (counts[finding.code] ?? 0) + 1;
      if (findings.length < most) findings.push(finding);
    },
    all: () => ({ findings, counts }),
  };
};
