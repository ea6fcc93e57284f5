/** The agent as a program, and short ways to ask it. */
import { type ChildProcessByStdio, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:http';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

type Program = ChildProcessByStdio<null, Readable, Readable>;

const pathOf = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** For Node, before the words of the command line: the program as its sources are. */
export const sourceArguments: ReadonlyArray<string> = [
  ...['--conditions=mandate-source', '--import', 'tsx'],
  pathOf('../src/main.ts'),
];

/** Builds the program with all that it stands on; the file by which a package manager starts it. */
export const builtProgram = (): string => {
  const compiler = pathOf('../../../node_modules/typescript/bin/tsc');
  const { status, stdout } = spawnSync(process.execPath, [compiler, '-b', pathOf('..')], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stdout);
  return pathOf('../bin/mandate-card-agent.mjs');
};

/** The address that a started agent tells of itself, as soon as it has. */
export const addressOf = (program: Program): Promise<string> =>
  new Promise((resolve, reject) => {
    let text = '';
    const hear = (part: Buffer): void => {
      text += part.toString('utf8');
      const [address] = /http:\/\/localhost:\d+/.exec(text) ?? [];
      if (address !== undefined) resolve(address);
    };
    program.stdout.on('data', hear);
    program.stderr.on('data', hear);
    program.on('exit', () => reject(new Error(`ended: ${text}`)));
  });

export const endedWith = async (program: Program): Promise<unknown> =>
  program.exitCode === null ? (await once(program, 'exit'))[0] : program.exitCode;

/** As the agent's own window asks. */
export const post = async (address: string, path: string, fields: Readonly<Record<string, string>>) => {
  const response = await fetch(`${address}${path}`, {
    method: 'POST',
    headers: { origin: address },
    body: new URLSearchParams(fields),
  });
  return JSON.parse(await response.text());
};

/** A request with any `Host` and `Origin`, which `fetch` would not send. */
export const asked = (
  address: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  method = 'GET',
): Promise<{ readonly status: number; readonly text: string }> =>
  new Promise((resolve, reject) => {
    const { port } = new URL(address);
    const sent = request({ host: '127.0.0.1', port, path, method, headers, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => {
        text += part;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    sent.on('error', reject).end();
  });
