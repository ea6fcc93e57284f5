/**
 * One story a portal: what people come for, what is refused, and what an auditor sees afterwards.
 *
 * @packageDocumentation
 */
import type { TestPki } from '@mandate/certificates/test-pki';
import { docPolicy, ecpaPolicy, nhiPolicy, type PortalPolicy } from '@mandate/domain';
import { docStory } from './doc.js';
import { ecpaStory } from './ecpa.js';
import { nhiStory } from './nhi.js';
import type { Line } from './tell.js';

interface Story {
  readonly policy: PortalPolicy;
  /** Whether everything came as it must. */
  readonly tell: (pki: TestPki, line: Line) => Promise<boolean>;
}

export const stories: ReadonlyMap<string, Story> = new Map([
  ['nhi', { policy: nhiPolicy, tell: nhiStory }],
  ['ecpa', { policy: ecpaPolicy, tell: ecpaStory }],
  ['doc', { policy: docPolicy, tell: docStory }],
]);

/** Tells a story to its end, or to where it cannot go on; whether it came as it must. */
export const tellStory = async ({ policy, tell }: Story, pki: TestPki, line: Line): Promise<boolean> => {
  line(`━━ ${policy.name.zh}  ${policy.name.en}`);
  line('   ✓ 完成 done  ✗ 依規定拒絕 rightly refused  · 查詢 asked');
  const holds = await tell(pki, line).catch((error: unknown) => {
    line(`  ‼ ${error instanceof Error ? error.message : String(error)}`);
    return false;
  });
  line(
    `\n${holds ? '一切如故事所述。 Everything came as the story says.' : '有些不如故事所述。 Something did not.'}\n`,
  );
  return holds;
};
