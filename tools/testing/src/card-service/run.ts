import { spawn } from 'node:child_process';

export interface RunResult {
  readonly status: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** Longer than any of these tools takes; one that waits for a card that another holds may wait for ever. */
const patience = 60_000;

/** Runs a command to its end, with more in its environment. One that does not come to it is ended, and an error. */
export const run = (
  command: string,
  args: ReadonlyArray<string>,
  env: Readonly<Record<string, string>>,
  input = '',
): Promise<RunResult> =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (octets) => {
      stdout += String(octets);
    });
    child.stderr.on('data', (octets) => {
      stderr += String(octets);
    });
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`${[command, ...args].join(' ')} did not end in ${patience} ms: ${stdout}${stderr}`));
    }, patience);
    child.on('error', reject);
    child.on('close', (status) => {
      clearTimeout(timer);
      resolve({ status: status ?? undefined, stdout, stderr });
    });
    child.stdin.on('error', () => {}); // a command that reads nothing may be gone already
    child.stdin.end(input);
  });
