import { execFile } from 'node:child_process';
import type { VirtualDesktop } from './virtual-desktop';

/** How long such a program may run, in milliseconds. */
const timeoutMs = 60_000;

/**
 * Runs a program of the desktop to its end.
 * @returns Its exit code and standard output. Throws if it cannot be started or takes too long.
 */
export function runProgram(
  desktop: VirtualDesktop,
  command: string,
  args: string[],
  folder = desktop.home,
): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve, reject) => {
    // By default in the user's home folder, as a terminal is.
    const options = {
      env: desktop.env,
      cwd: folder,
      timeout: timeoutMs,
      killSignal: 'SIGKILL' as const,
    };
    execFile(command, args, options, (error, stdout, stderr) => {
      if (error === null) resolve({ code: 0, stdout, stderr });
      else if (typeof error.code === 'number') resolve({ code: error.code, stdout, stderr });
      else reject(error);
    });
  });
}
