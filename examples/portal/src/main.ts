/**
 * The portal as a program: on this computer alone, until it is stopped.
 *
 * @packageDocumentation
 */
import { startServer } from '@mandate/adapters-http/node';
import * as E from 'fp-ts/lib/Either.js';
import { type Arguments, readArguments, usage } from './arguments.js';
import { type OpenPortals, openPortals } from './portals/open.js';
import { messageOf, type StartFault, startFault } from './world/fault.js';
import { cardFolderOf } from './world/folder.js';
import { lockFolder } from './world/lock.js';

const write = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

const complain = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

const tellFault = ({ code, zh, en, detail }: StartFault): void => {
  complain(`${zh}\n${en}\n  ${code}: ${detail}`);
};

const welcome = (address: string, data: string, more: string): string => `
入口網 portal    ${address}
  資料 data      ${data}
  測試模式:機關、人員與卡片皆為虛構,不需讀卡機。
  Test mode: agencies, people and cards are invented; no card reader is needed.

先試試 what to try first
  1. ${address}/
     入口網一覽:公保(GEPI)、健保多憑證(NHI)、人事服務網(eCPA)、公文使用者憑證登記(DOC),及憑證展期。
     What portals there are: GEPI, NHI, eCPA, DOC; and the renewal of a certificate.
  2. ${address}/gepi/first-registration
     首次註冊:抽屜中的「示範市政府人事處」機關卡,機關代號 DM001;再用「林示範」的自然人憑證。
     Register DM001 with its agency card from the drawer, then with the citizen card of 林示範.
  3. ${address}/gepi/test-mode
     其他可以試的。 What else there is.
${more}
按 Ctrl-C 結束。 Ctrl-C ends it.`;

const withReader = (address: string, data: string): string => `
讀卡機 reader
  啟動讀卡元件,或使用發卡廠商的元件。 Start the card agent, or use the vendor's component:
    node examples/card-agent/dist/main.js --origin ${address}
  入口網只信任測試卡片;虛擬卡片的檔案在 ${cardFolderOf(data)}
  The portal trusts test cards alone; for virtual ones their files lie there. See docs/portal.md.
`;

/** Stops once: what is under way is finished first. */
const untilStopped = (): Promise<void> =>
  new Promise((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });

const serve = async ({ data, port, hours, reader }: Arguments): Promise<E.Either<StartFault, void>> => {
  const lock = await lockFolder(data);
  if (E.isLeft(lock)) return lock;
  const end: Array<() => Promise<void>> = [lock.right.release];
  const fail = async (fault: StartFault): Promise<E.Either<StartFault, void>> => {
    for (const stop of end.reverse()) await stop();
    return E.left(fault);
  };
  // The port is taken before the data are made: its number is part of the origin that cards sign.
  let answer = async (_: Request): Promise<Response> => new Response('starting', { status: 503 });
  const server = await startServer({ fetch: (request) => answer(request), host: '127.0.0.1', port })();
  if (E.isLeft(server)) {
    const { code, detail } = server.left;
    return fail(startFault(code === 'PORT_IN_USE' ? 'PORT_IN_USE' : 'NO_LISTENER', detail));
  }
  end.push(server.right.stop);
  const origin = `http://localhost:${server.right.port}`;
  const making = (): void =>
    complain('首次啟動,準備測試卡片與資料… First start: making cards and a little past…');
  const opened = await openPortals({
    ...{ folder: data, origin, anyHour: !hours, reader, making },
    onFault: ({ reference, error }) => complain(`${reference}: ${messageOf(error)}`),
  });
  if (E.isLeft(opened)) return fail(opened.left);
  const portals: OpenPortals = opened.right;
  answer = portals.fetch;
  lock.right.tell(origin);
  const stopped = untilStopped();
  write(welcome(origin, data, reader ? withReader(origin, data) : ''));
  await stopped;
  write('\n結束中… Ending…');
  await portals.close();
  for (const stop of end.reverse()) await stop();
  return E.right(undefined);
};

/** Answers the exit code: 0 where it was stopped, 1 where it could not run, 2 for a wrong command line. */
const main = async (): Promise<number> => {
  const read = readArguments(process.argv.slice(2));
  if (E.isLeft(read)) {
    complain(`不明的參數 unknown: ${read.left}\n${usage.trimEnd()}`);
    return 2;
  }
  if (read.right.help) {
    write(usage.trimEnd());
    return 0;
  }
  const served = await serve(read.right);
  if (E.isRight(served)) return 0;
  tellFault(served.left);
  return 1;
};

process.exitCode = await main();
