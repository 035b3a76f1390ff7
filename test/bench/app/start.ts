import { startChild, stopChild } from '../../desktop/children';
import { chromiumSwitches } from '../../desktop/chromium-switches';
import type { TrayHost } from '../../desktop/tray-host';
import type { VirtualDesktop } from '../../desktop/virtual-desktop';

/** How long a program may take to quit, in milliseconds. */
const LEAVE_MS = 5_000;

/** A program that runs in the tray. */
export interface Started {
  pid: number;
  /** From the start of the process until its item was registered in the tray, in milliseconds. */
  trayMs: number;
  /** Ends it as the end of the session does, and waits until the tray is empty. */
  stop(): Promise<void>;
}

/** Where programs are started: one at a time, since the only tray item has to be theirs. */
export interface Stage {
  desktop: VirtualDesktop;
  trayHost: TrayHost;
  env: Record<string, string>;
}

/** Starts a program as a login does, and waits until it is in the tray. */
export async function startInTray(stage: Stage, executablePath: string): Promise<Started> {
  const { desktop, trayHost, env } = stage;
  const args = ['--hidden', ...chromiumSwitches];
  const startedAtMs = performance.now();
  const child = startChild(executablePath, args, {
    env: { ...desktop.env, ...env },
    stdio: 'ignore',
    cwd: desktop.home,
  });
  const stop = async () => {
    await stopChild(child, LEAVE_MS);
    await trayHost.waitForEmpty();
  };
  try {
    await trayHost.waitForAny();
    return { pid: child.pid ?? 0, trayMs: performance.now() - startedAtMs, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
