import { randomUUID } from 'node:crypto';
import { permissionHistories } from '@mandate/projections';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Running, runPortal } from './support/portal.js';
import { delegate, fieldsOf, mainOf } from './support/steps.js';
import { type Visitor, visitor } from './support/visitor.js';

interface World {
  running: Running;
  visitor: Visitor;
}

const test = suite<World>('portal: what is another agency’s');

test.before(async (world) => {
  world.running = await runPortal();
  world.visitor = visitor(world.running);
  await delegate(world.visitor);
});

test.after(({ running }) => running.stop());

/** What was recorded of the other agency that is registered. */
const theirs = ({ world: { office, policy } }: Running) => {
  const listed = permissionHistories(office.reading.runner.read, policy.portal).list('DM004', {
    limit: 1000,
  });
  if (listed._tag === 'Left') throw new Error(listed.left.code);
  const changes = listed.right;
  const clerks = [...new Set(changes.flatMap(({ clerk }) => (clerk === null ? [] : [clerk])))];
  const commands = [...new Set(changes.map(({ commandId }) => commandId))];
  const hidden = JSON.stringify(changes).match(/[0-9a-f]{64}|[0-9A-F]{20,40}/g) ?? [];
  assert.ok(clerks.length > 0 && commands.length > 1 && hidden.length > 3);
  return { clerks, commands, hidden };
};

/** Without what is another one in each page. */
const plain = (text: string, id: string): string =>
  mainOf(text)
    .replaceAll(id, 'ID')
    .replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'UUID')
    .replace(/value="[\w-]{43}"/g, 'value="CSRF"');

test('their clerks and receipts are to a manager as those that never were, on every page that names one', async ({
  running,
  visitor,
}) => {
  const { clerks, commands, hidden } = theirs(running);
  const pages = (id: string): ReadonlyArray<string> => [
    `/clerks/${id}`,
    `/clerks/${id}/delete`,
    `/receipts/${id}`,
    `/history?clerk=${id}`,
    `/history/as-of?clerk=${id}`,
    `/history/blame?clerk=${id}&function=premium-edit&at=2030-01-01`,
  ];
  for (const id of [...clerks, ...commands]) {
    const nobody = randomUUID();
    for (const [at, path] of pages(id).entries()) {
      const shown = await visitor.get(path);
      const never = await visitor.get(pages(nobody)[at] ?? '');
      assert.is(shown.status, never.status, path);
      assert.is(plain(shown.text, id), plain(never.text, nobody), path);
      for (const secret of hidden) assert.not.ok(shown.text.includes(secret), path);
    }
  }
});

test('a form for one of their clerks changes nothing, and answers as for one that never was', async ({
  running,
  visitor,
}) => {
  const { clerks, commands } = theirs(running);
  for (const path of ['', '/delete']) {
    const answers = [];
    for (const id of [clerks[0] ?? '', randomUUID()]) {
      const { text } = await visitor.get('/clerks/add');
      const sent = await visitor.post(`/clerks/${id}${path}`, {
        ...fieldsOf(text),
        ...{ name: '王小明', nationalId: 'A123456789', serial: '0A'.repeat(16) },
        ...{ permissions: 'premium-edit', confirmed: 'yes' },
      });
      answers.push([sent.status, sent.location, plain(sent.text, id)]);
    }
    assert.equal(answers[0], answers[1], path);
  }
  assert.equal(theirs(running).commands, commands);
});

test('staff’s pages of any agency are not for managers', async ({ visitor }) => {
  for (const path of ['/staff', '/staff/agencies/DM004', '/staff/agencies/DM004/history', '/staff/reviews']) {
    const { status, location } = await visitor.get(path);
    assert.equal([status, location], [303, '/staff/sign-in'], path);
  }
});

test.run();
