import { spawn } from 'node:child_process';

export interface RunResult {
  readonly status: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command to its end, with more in its environment. */
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
    child.on('error', reject);
    child.on('close', (status) => resolve({ status: status ?? undefined, stdout, stderr }));
    child.stdin.on('error', () => {}); // a command that reads nothing may be gone already
    child.stdin.end(input);
  });
