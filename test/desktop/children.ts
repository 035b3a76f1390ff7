import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import { once } from 'node:events';

const running = new Set<ChildProcess>();

process.on('exit', () => {
  for (const child of running) signalGroup(child, 'SIGKILL');
});

/**
 * Starts a program that cannot outlive this process. It leads a process group of its own, which is
 * killed when this process exits; if this process itself is killed, the kernel kills the program
 * (`--pdeathsig`).
 */
export function startChild(
  command: string,
  args: string[],
  options: { env: NodeJS.ProcessEnv; stdio: StdioOptions; cwd?: string },
): ChildProcess {
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', command, ...args], {
    ...options,
    detached: true,
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  // Without a listener a program that is not installed would end the whole test run.
  child.once('error', () => running.delete(child));
  return child;
}

/**
 * Ends a program and everything it started: politely, and after `graceMs` milliseconds by force.
 */
export async function stopChild(child: ChildProcess, graceMs = 2000): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  signalGroup(child, 'SIGTERM');
  const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), graceMs);
  await exited;
  clearTimeout(timer);
  signalGroup(child, 'SIGKILL');
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The whole group is gone already.
  }
}
