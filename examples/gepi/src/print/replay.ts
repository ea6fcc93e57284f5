/**
 * The proof at the end as text.
 *
 * @packageDocumentation
 */
import type { ReplayReport } from '../report/replay.js';
import { type Page, printHeading, printPair } from './page.js';
import { tableLines } from './table.js';

const head = (hash: string): string => hash.slice(0, 16);

export const printReplay = (page: Page, { chains, digests, events, evidence }: ReplayReport): void => {
  const { line, style } = page;
  printHeading(page, '重播與檢核', 'Replay and audit');
  line();
  const rebuilt = `由儲存的 ${events} 筆事件重新建立讀取模型,狀態摘要須逐位元相同`;
  printPair(page, 2, rebuilt, 'rebuilt from the stored events');
  const rows = digests.map(({ live, readModel, replayed, same }) => [
    readModel,
    head(live),
    head(replayed),
    same ? style.good('✓ 相同 same') : style.bad('‼ 不同 differs'),
  ]);
  for (const text of tableLines(page, ['讀取模型', '使用中', '重播後', ''], rows)) line(text);
  line();
  line(`  每一串流之雜湊鏈  ${style.dim('the hash chain of every stream')}`);
  const links = chains.map(({ end, events: count, fault, intact, stream }) => [
    stream,
    String(count).padStart(4),
    head(end),
    intact ? style.good('✓ 完整 intact') : style.bad(`‼ ${fault ?? ''}`),
  ]);
  for (const text of tableLines(page, ['串流', '事件', '末端雜湊', ''], links)) line(text);
  line();
  const missing = evidence.missing === 0 ? '' : style.bad(`,‼ 遺失 ${evidence.missing} 份`);
  const unproved = evidence.unproved === 0 ? '' : style.bad(`,‼ 驗證不符 ${evidence.unproved} 份`);
  line(
    `  事件所列證據 ${evidence.named} 份:僅憑根憑證重新驗證相符 ${evidence.proved} 份,當事人個資已刪除 ${evidence.forgotten} 份${unproved}${missing}`,
  );
  line(`  ${style.dim('evidence that events name, verified again with nothing but the pinned anchors')}`);
};
