import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/**
 * A program of the benchmark in a process of its own, so that its memory and CPU can be told apart.
 */
export interface Child {
  /** The first line that it printed, parsed as JSON. */
  answer: unknown;
  stop(): void;
}

/**
 * Starts a TypeScript file of this folder and waits for its first line. `input` is its only
 * argument, as JSON, and `runtime` is the Node or Electron that runs it. Throws when it ends
 * without a line.
 */
export function startChild(
  file: string,
  input: unknown,
  runtime = process.execPath,
): Promise<Child> {
  const path = fileURLToPath(new URL(file, import.meta.url));
  const child: ChildProcess = spawn(runtime, ['--import', 'tsx', path, JSON.stringify(input)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
  });
  const stop = (): void => void child.kill('SIGKILL');
  process.once('exit', stop);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      process.off('exit', stop);
      reject(new Error(`${file} ended with ${code ?? signal}`));
    });
    if (child.stdout) {
      createInterface(child.stdout).once('line', (line) =>
        resolve({ answer: JSON.parse(line), stop }),
      );
    }
  });
}
