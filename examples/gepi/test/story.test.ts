import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { cellsOf } from '../src/print/cells.js';
import { year as theStory } from '../src/story/story.js';
import { people } from '../src/world/cast.js';
import { type RunDocument, readDocument, stepOf, stepsOf } from './document.js';
import { removeFolders, runMain, temporaryFolder } from './support.js';

// -------------------------------------------------------------------------------------
// as text, then as JSON
// -------------------------------------------------------------------------------------

const text = suite('the story as text');
const textFolder = temporaryFolder();

text('GEPI-22…53: the year goes as expected, in the words of the manual, and ends with 0', async () => {
  const { code, stderr, stdout } = await runMain([], { cwd: textFolder });
  assert.is(stderr, '');
  assert.is(code, 0);
  const headings = [
    '四、首次註冊作業',
    '五、授權指派',
    '六、更換憑證作業',
    '七、查詢作業',
    '授權經辦人清單',
    '憑證註冊收件紀錄',
    '憑證到期預測',
    '授權異動歷程',
    '回顧',
    '重播與檢核',
  ];
  const lines = stdout.split('\n');
  const long = lines.filter((line) => cellsOf(line) > 100 && !line.startsWith('資料 data'));
  assert.equal(long, []);
  const found = headings.map((heading) => lines.findIndex((line) => line.startsWith(`━━ ${heading}  `)));
  assert.not.ok(found.includes(-1));
  assert.equal(
    found,
    [...found].sort((a, b) => a - b),
  );
  assert.match(stdout, '網頁下載時間:115年01月05日10點50分00秒');
  assert.is(lines.filter((line) => line.includes('‼')).length, 1, 'only the legend names the mark');
  assert.match(stdout, '正式系統不可如此');
});

text('a second start goes on with one day more and repeats nothing', async () => {
  const { code, stdout } = await runMain(['--json'], { cwd: textFolder });
  assert.is(code, 0);
  const run = readDocument(stdout);
  assert.is(run.start, 'continued');
  assert.equal(
    run.chapters.map((chapter) => chapter.id),
    ['day/2026-11-03'],
  );
  assert.equal(
    run.history.diffs.at(-1)?.diff.granted.map((change) => change.function),
    ['benefit-print'],
  );
});

text('a third start takes the permission away again', async () => {
  const { code, stdout } = await runMain(['--json'], { cwd: textFolder });
  assert.is(code, 0);
  const run = readDocument(stdout);
  assert.is(stepOf(run, 'day/2026-11-04/asked').outcome.code, 'PERMISSION_NOT_GRANTED');
  assert.equal(
    run.history.diffs.at(-1)?.diff.revoked.map((change) => change.function),
    ['benefit-print'],
  );
});

text('a pipe gets no colours, and no line is longer than 100 cells, also on a later start', async () => {
  const { stdout } = await runMain([], { cwd: textFolder });
  assert.not.ok(stdout.includes('\u001b['));
  const long = stdout.split('\n').filter((line) => cellsOf(line) > 100 && !line.startsWith('資料 data'));
  assert.equal(long, []);
});

text('DESIGN 4: no name and no national ID lies in clear in events, evidence, vault or challenges', () => {
  const portal = join(textFolder, 'data', 'walkthrough', 'portal');
  for (const file of readdirSync(portal).filter((name) => !name.startsWith('read-models'))) {
    const bytes = readFileSync(join(portal, file));
    for (const { name, nationalId } of Object.values(people)) {
      assert.not.ok(bytes.includes(name), `${name} in ${file}`);
      assert.not.ok(bytes.includes(nationalId), `${nationalId} in ${file}`);
    }
  }
});

text('DESIGN 4: of a person who was forgotten nothing is left in the read models either', () => {
  const portal = join(textFolder, 'data', 'walkthrough', 'portal');
  const files = readdirSync(portal).filter((name) => name.startsWith('read-models'));
  assert.ok(files.length > 0);
  for (const file of files) {
    const bytes = readFileSync(join(portal, file));
    assert.not.ok(bytes.includes(people.liu.name), file);
    assert.not.ok(bytes.includes(people.liu.nationalId), file);
  }
  assert.ok(files.some((file) => readFileSync(join(portal, file)).includes(people.wang.name)));
});

text('the secret and the cards are readable by their owner alone', () => {
  const data = join(textFolder, 'data', 'walkthrough');
  for (const file of ['secret', 'story.jsonl', 'cards/pki.json', 'cards/card-lin.json']) {
    assert.is(statSync(join(data, file)).mode & 0o777, 0o600, file);
  }
});

text.run();

// -------------------------------------------------------------------------------------
// as JSON, then as text
// -------------------------------------------------------------------------------------

const json = suite('the story as JSON');
const jsonFolder = temporaryFolder();
let year: RunDocument | undefined;

const theYear = (): RunDocument => {
  if (year === undefined) throw new Error('the year was not told');
  return year;
};

json('one document on stdout, nothing else, and every step as expected', async () => {
  const { code, stderr, stdout } = await runMain(['--json', '--data', 'elsewhere'], { cwd: jsonFolder });
  assert.is(code, 0, stderr);
  assert.is(stderr, '');
  year = readDocument(stdout);
  assert.is(year.format, 'mandate-gepi-run/1');
  assert.is(year.data, join(jsonFolder, 'elsewhere'));
  assert.is(year.start, 'new');
  assert.ok(year.holds);
  assert.is(stepsOf(year).length, theStory.flatMap((chapter) => chapter.steps).length);
  assert.ok(stepsOf(year).length > 100);
  assert.equal(
    stepsOf(year).filter((step) => !step.asExpected),
    [],
  );
});

json('GEPI-8: whose card is refused is sent to the helpdesk of the CA that issued it', () => {
  const called = (id: string): ReadonlyArray<string> =>
    (stepOf(theYear(), id).outcome.facts ?? []).map(({ value }) => value.split('  ')[0] ?? '');
  assert.equal(called('registration/expired'), ['政府憑證管理中心 (GCA)']);
  assert.equal(called('registration/revoked'), ['政府憑證管理中心 (GCA)']);
  // A good card, and the wrong one: there is nothing that its CA could do.
  assert.equal(called('registration/citizen-first'), []);
  assert.equal(called('registration/look-alike'), []);
});

json('GEPI-23: staff see what differs: the OID on record, and the one in the certificate', () => {
  const { facts = [] } = stepOf(theYear(), 'registration/school-queue').outcome;
  assert.equal(
    facts.map(({ label, value }) => [label.zh, value]),
    [
      ['機關憑證OID(資料)', '2.16.886.111.90003.90003.100099'],
      ['機關憑證OID(憑證)', '2.16.886.111.90003.90003.100123'],
    ],
  );
});

json('the time of the story goes on and never back', () => {
  const times = stepsOf(theYear()).map((step) => step.at);
  assert.equal(times, [...times].sort());
  assert.is(new Set(stepsOf(theYear()).map((step) => step.id)).size, times.length);
});

json('the replay from the stored events gives the same digest of every read model', () => {
  const { chains, digests, evidence } = theYear().replay;
  assert.is(digests.length, 7);
  for (const { live, readModel, replayed } of digests) {
    assert.match(live, /^[0-9a-f]{64}$/, readModel);
    assert.is(replayed, live, readModel);
  }
  assert.ok(chains.every((chain) => chain.intact));
  assert.is(evidence.missing, 0);
  assert.ok(evidence.proved > 50);
  assert.is(evidence.unproved, 0);
  assert.ok(evidence.forgotten > 0, 'the evidence of the person who was forgotten cannot be read');
});

json('GEPI-32: the list shows clerks by name; GEPI-15: an abolished agency has none', () => {
  const [city, school, company, hospital] = theYear().lists.clerks;
  assert.equal(
    city?.rows.map((row) => row.name),
    [people.wang.name, people.chen.name],
  );
  assert.is(city?.managerName, people.chang.name);
  assert.equal(
    school?.rows.map((row) => row.name),
    [people.huang.name],
  );
  assert.is(company?.rows.length, 0);
  assert.is(hospital?.rows.length, 0);
});

json('GEPI-51: registrations and replacements are listed with the status of their review', () => {
  const [city, school, company, hospital] = theYear().lists.registrations.map((agency) =>
    agency.items.map(({ item, status }) => `${item} ${status}`),
  );
  assert.equal(city, [
    'first-registration completed',
    'replace-agency completed',
    'replace-manager completed',
    'new-manager completed',
  ]);
  assert.equal(school, [
    'first-registration used',
    'first-registration completed',
    'replace-manager completed',
  ]);
  assert.equal(company, [
    'first-registration rejected',
    'first-registration completed',
    'replace-both completed',
  ]);
  assert.equal(hospital, ['first-registration completed', 'replace-agency used', 'replace-agency completed']);
});

json('GEPI-45, MOICA-6: the forecast names who ends first, what mends it, and whom else it takes', () => {
  assert.equal(
    theYear().lists.forecast.map(({ name, day, cause, remedy, mending }) => [
      name,
      day,
      cause,
      remedy,
      mending?.operations.map(({ purpose }) => purpose).join(),
    ]),
    [
      [people.chang.name, '2028-09-02', 'expiry', 'renew', 'replace-manager'],
      // Her card was extended in the story, which is possible once; and by then the manager is out as well.
      [people.wang.name, '2029-04-02', 'expiry', 'newCard', 'replace-manager,delegation'],
    ],
  );
});

json('the history tells who could do it in March, who let them, and with which evidence', () => {
  const [benefit, seniority] = theYear().history.whoCould;
  assert.equal(
    benefit?.holders.map((holder) => [holder.name, holder.grantedBy]),
    [
      [people.chen.name, people.lin.name],
      [people.wang.name, people.lin.name],
      [people.chen.name, people.lin.name],
    ],
  );
  assert.ok(benefit?.holders.every((holder) => holder.evidence >= 2));
  assert.equal(seniority?.holders, []);
  assert.equal(
    theYear().history.asked.map((asked) => asked.code),
    ['CREDENTIAL_REPLACED', null, 'PERMISSION_NOT_GRANTED'],
  );
});

json(
  'a second start, as text, leaves what was there: the chain of every other stream ends where it did',
  async () => {
    const { code, stdout } = await runMain(['--data=elsewhere'], { cwd: jsonFolder });
    assert.is(code, 0);
    assert.match(stdout, '又一個營業日');
    assert.not.match(stdout, '四、首次註冊作業');
    for (const { end, stream } of theYear().replay.chains) {
      const line = stdout.split('\n').find((each) => each.includes(` ${stream} `)) ?? '';
      assert.is(line.includes(end.slice(0, 16)), !stream.endsWith('DM001'), line);
    }
  },
);

json.after(removeFolders);
json.run();
