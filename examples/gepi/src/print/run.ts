/**
 * One start as text, from the title to the last line.
 *
 * @packageDocumentation
 */
import { gepiPolicy, type Text } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import type { Run } from '../report/document.js';
import { runStory, startOf } from '../report/run-story.js';
import { cityOffice } from '../world/cast.js';
import type { World } from '../world/world.js';
import { rocDay } from './dates.js';
import { printForecast } from './forecast.js';
import { printChanges, printHistory } from './history.js';
import { functionNames, printCertificates, printClerkLists, printRegistrations } from './lists.js';
import { type Page, printLed } from './page.js';
import { printReplay } from './replay.js';
import { printLegend, storyPrinter } from './story.js';

const starts: Readonly<Record<Run['start'], Text>> = {
  new: { zh: '新建資料夾,從頭開始', en: 'new data, from the beginning' },
  resumed: { zh: '上次中途結束,從中斷處接續', en: 'cut short last time; going on from there' },
  continued: { zh: '資料已存在,接續辦理一個營業日', en: 'data are there; one day more' },
};

const demonstration: Text = {
  zh: '機關、人員及憑證均為虛構。系統密鑰及卡片私鑰與資料存放一處(權限0600),正式系統不可如此。',
  en: 'Agencies, people and cards are invented. The secret and the keys of the cards lie beside the data (mode 0600); a portal in service must not keep them so.',
};

const titleIndent = 12;

const printTitle = (page: Page, world: World): void => {
  const { line, style } = page;
  line(style.bold(`授權登記簿 Mandate  ${gepiPolicy.name.zh} 憑證註冊與指派作業`));
  line(`資料 data   ${world.folder}`);
  const start = starts[startOf(world)];
  printLed(page, titleIndent, '開始 start  ', start.zh, start.en);
  const now = `故事自有時鐘,現為 ${rocDay(world.clock.now())}`;
  printLed(page, titleIndent, '時間 time   ', now, 'the story has its own clock');
  printLed(page, titleIndent, '示範 demo   ', demonstration.zh, demonstration.en);
  line();
  printLegend(page);
};

const printEnd = ({ line, style }: Page, run: Run): void => {
  const wrong = run.told.filter((told) => !told.asExpected).length;
  const count = run.told.length;
  line();
  line(
    run.holds
      ? style.good(`✓ ${count} 步全部符合預期,重播結果相同。再執行一次即接續下一個營業日。`)
      : style.bad(
          `‼ ${count} 步中有 ${wrong} 步不符預期;回顧${run.history.holds ? '相符' : '不符'};重播${run.replay.holds ? '相同' : '不同'}。`,
        ),
  );
  line(
    style.dim(run.holds ? '  Everything as expected; start again for one day more.' : '  Not as expected.'),
  );
};

/** Runs a start and tells it while it happens. */
export const tellRun = async (world: World, page: Page): Promise<Run> => {
  printTitle(page, world);
  const printer = storyPrinter(page);
  const run = await runStory(world, printer);
  printer.end();
  const catalogue = await world.portal.register.catalogue()();
  const namesOf = functionNames(E.isRight(catalogue) ? catalogue.right : undefined);
  printClerkLists(page, run.lists, namesOf);
  printRegistrations(page, run.lists);
  printCertificates(page, run.lists);
  printForecast(page, run.lists);
  const { reading } = world.portal;
  printChanges(page, run.history, cityOffice.code, reading, namesOf);
  printHistory(page, run.history, reading, namesOf);
  printReplay(page, run.replay);
  printEnd(page, run);
  return run;
};
