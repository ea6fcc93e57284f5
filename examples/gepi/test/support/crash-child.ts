/**
 * A program that carries out one command and is killed right after the append, before it could answer.
 * Arguments: the directory of the stores, and the command as JSON.
 */
import { nodeSha256, randomIds } from '@mandate/adapters-eventstore';
import { createRegister, gepiPolicy, weekCalendar } from '@mandate/domain';
import { handClock } from '@mandate/testing';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { openDirectory } from './backing.js';
import { staff } from './office.js';

const [directory = '', command = '', account = ''] = process.argv.slice(2);
const { ports } = await openDirectory(directory);
const { store } = ports;

// A command of this program brings no certificate, so no path is ever judged with this.
const trust = { anchors: [], issuers: [], links: [], cache: undefined } as unknown as Parameters<
  typeof createRegister
>[0]['trust'];

const register = createRegister({
  ...ports,
  store: {
    ...store,
    append: (stream, expected, events) => async () => {
      await store.append(stream, expected, events)();
      process.kill(process.pid, 'SIGKILL');
      return new Promise(() => undefined);
    },
  },
  policy: gepiPolicy,
  directory: {
    find: (code) => TE.right({ code, name: '示範市政府人事處', organisation: undefined }),
  },
  trust,
  revocation: { status: ({ at }) => TE.right({ status: 'good', at, source: 'none' }) },
  clock: handClock('2026-03-02T02:00:05.000Z'),
  ids: randomIds,
  calendar: weekCalendar(),
  sha256: nodeSha256,
});

await register.execute(JSON.parse(command), account === '' ? {} : staff)();
