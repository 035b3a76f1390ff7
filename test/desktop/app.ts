import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { ensureElectron } from '../../scripts/electron-runtime.mjs';
import { projectRoot } from '../../scripts/lib/paths.mjs';
import { chromiumSwitches } from './chromium-switches';
import { runProgram } from './programs';
import type { VirtualDesktop } from './virtual-desktop';

export interface LaunchOptions {
  /** The folder with the app's package.json; the project's own if omitted. */
  folder?: string;
  /** Added to the command line. */
  args?: string[];
  /** Added to the desktop's environment. */
  env?: Record<string, string>;
  /** Where the app keeps its files; if omitted, the same folder for each launch on a desktop. */
  userDataDir?: string;
}

/** How long the app may take to answer when it starts or to quit at the end, in milliseconds. */
const timeoutMs = 60_000;

let launches = 0;

/** Where the app keeps its files on a desktop when a launch does not say. */
export function defaultUserDataDir(desktop: VirtualDesktop): string {
  return join(desktop.home, '.config', 'Cliptray');
}

/** The real app, running on a virtual desktop and driven through its debugger. */
export class RunningApp {
  readonly electron: ElectronApplication;
  /** Kept here, since Playwright forgets it once the app has ended. */
  readonly #child: ChildProcess;
  readonly #desktop: VirtualDesktop;
  readonly #executablePath: string;
  readonly #args: string[];
  readonly #outputFile: string;

  private constructor(
    electron: ElectronApplication,
    desktop: VirtualDesktop,
    start: { executablePath: string; args: string[]; outputFile: string },
  ) {
    this.electron = electron;
    this.#child = electron.process();
    this.#desktop = desktop;
    this.#executablePath = start.executablePath;
    this.#args = start.args;
    this.#outputFile = start.outputFile;
  }

  /** Starts the app. Throws if it ends before it can be driven, or does not answer in time. */
  static async launch(desktop: VirtualDesktop, options: LaunchOptions = {}): Promise<RunningApp> {
    const { executablePath } = await ensureElectron();
    const args = [
      options.folder ?? projectRoot,
      ...chromiumSwitches,
      `--user-data-dir=${options.userDataDir ?? defaultUserDataDir(desktop)}`,
      // Electron chooses it by itself from version 38 on.
      ...(desktop.isWayland ? ['--ozone-platform=wayland'] : []),
    ];
    const outputFile = join(desktop.home, `output-${++launches}.log`);
    const electron = await _electron.launch({
      executablePath: await desktop.addProgram(
        'electron',
        loggedProgram(executablePath, outputFile),
      ),
      args: [...args, ...(options.args ?? [])],
      env: { ...definedOnly(desktop.env), ...options.env },
      cwd: desktop.home,
      // Otherwise Playwright adds `--no-sandbox`, whoever runs it.
      chromiumSandbox: !chromiumSwitches.includes('--no-sandbox'),
      timeout: timeoutMs,
    });
    return new RunningApp(electron, desktop, { executablePath, args, outputFile });
  }

  /**
   * Starts the app a second time beside this one, as a second click on its icon does. @returns Its
   * exit code; throws if it does not exit.
   */
  async startAgain(args: string[] = []): Promise<number> {
    return (await this.runAgain(args)).code;
  }

  /** As `startAgain`, with what the second start printed. */
  runAgain(args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
    return runProgram(this.#desktop, this.#executablePath, [...this.#args, ...args]);
  }

  /** Ends the app as the end of the desktop session does. */
  terminate(): void {
    this.#child.kill('SIGTERM');
  }

  /** All the app has written to its standard output and error so far. */
  get output(): string {
    return readFileSync(this.#outputFile, 'utf8');
  }

  get isRunning(): boolean {
    const child = this.#child;
    return child.exitCode === null && child.signalCode === null;
  }

  /** The app's window; waits for it. A start in the tray has none until it is shown. */
  async window(): Promise<Page> {
    const page =
      this.electron.windows()[0] ??
      (await this.electron.waitForEvent('window', { timeout: timeoutMs }));
    await page.waitForLoadState('domcontentloaded');
    return page;
  }

  /** Waits until the app has ended by itself. Returns its exit code, null after a signal. */
  async ended(): Promise<number | null> {
    const child = this.#child;
    if (this.isRunning) await once(child, 'exit', { signal: AbortSignal.timeout(timeoutMs) });
    return child.exitCode;
  }

  /** Ends the app as a power cut would: none of its code runs any more. */
  async kill(): Promise<void> {
    if (!this.isRunning) return;
    const child = this.#child;
    const exited = once(child, 'exit');
    // Playwright starts it as the leader of a process group: its helper processes die with it.
    process.kill(-(child.pid ?? 0), 'SIGKILL');
    await exited;
  }

  /** Quits the app as its user does; kills it if that takes too long. */
  async stop(): Promise<void> {
    if (!this.isRunning) return;
    const timer = setTimeout(() => this.kill(), timeoutMs);
    // The answer may be lost: the app may be gone before it could send it.
    await this.electron.evaluate(({ app }) => app.quit()).catch(() => {});
    await this.ended().catch(() => this.kill());
    clearTimeout(timer);
  }
}

/**
 * A script that becomes the program and copies everything it writes to a file. Playwright hands
 * over the streams only once the app can be driven, and whatever was written before is lost by
 * then.
 */
function loggedProgram(executablePath: string, outputFile: string): string {
  return `#!/bin/bash
exec '${executablePath}' "$@" \\
  > >(exec tee -a '${outputFile}') 2> >(exec tee -a '${outputFile}' >&2)
`;
}

function definedOnly(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
}
