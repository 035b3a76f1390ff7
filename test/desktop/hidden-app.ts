import type { ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { ensureElectron } from '../../scripts/electron-runtime.mjs';
import { projectRoot } from '../../scripts/lib/paths.mjs';
import { defaultUserDataDir } from './app';
import { startChild, stopChild } from './children';
import { chromiumSwitches } from './chromium-switches';
import type { VirtualDesktop } from './virtual-desktop';

/**
 * The real app as a login starts it: in the tray, without a window. Nothing drives it or inspects
 * it, so that it costs what it costs a user and can be killed at any moment.
 */
export class HiddenApp {
  /** All its processes are in its process group. */
  readonly pid: number;
  readonly startedAtMs = Date.now();
  readonly ended: Promise<void>;
  alive = true;
  endedAtMs = 0;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess) {
    this.#child = child;
    // Without a pid there is no process, and killing pid 0 would kill this process group.
    if (!child.pid) throw new Error('the app could not be started');
    this.pid = child.pid;
    this.ended = new Promise((resolve) => {
      child.once('exit', () => {
        this.alive = false;
        this.endedAtMs = Date.now();
        resolve();
      });
    });
  }

  /** Starts the app; `addresses` are the environment variables that point it at the simulator. */
  static async start(
    desktop: VirtualDesktop,
    addresses: Record<string, string>,
    outputFile: string,
  ): Promise<HiddenApp> {
    const { executablePath } = await ensureElectron();
    const output = openSync(outputFile, 'a');
    try {
      const child = startChild(
        executablePath,
        [
          projectRoot,
          ...chromiumSwitches,
          `--user-data-dir=${defaultUserDataDir(desktop)}`,
          '--hidden',
        ],
        {
          env: { ...desktop.env, ...addresses },
          stdio: ['ignore', output, output],
          cwd: desktop.home,
        },
      );
      return new HiddenApp(child);
    } finally {
      closeSync(output);
    }
  }

  /** Kills all its processes at once with SIGKILL. */
  kill(): void {
    if (this.alive) process.kill(-this.pid, 'SIGKILL');
  }

  /** Quits it as the end of the desktop session does. */
  async stop(): Promise<void> {
    await stopChild(this.#child, 10_000);
  }
}
