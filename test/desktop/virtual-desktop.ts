import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import * as fs from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { makeTemporaryFolder } from '../../scripts/lib/temporary-folder.mjs';
import { Bus } from './bus';
import { startChild, stopChild } from './children';
import { waitFor } from './wait';

export interface DesktopOptions {
  /** What draws windows: an X server if omitted, or a Wayland compositor, without any X server. */
  display?: 'x11' | 'wayland';
  /** Size of the screen in pixels, `1280x800` if omitted. */
  screen?: string;
  /** Whether there is an unlocked keyring. Yes if omitted. */
  keyring?: boolean;
  /** Whether there is a window manager (titles, focus, minimising). No if omitted. */
  windowManager?: boolean;
}

/** Of the login keyring, which is created with it. An empty one would leave it locked. */
export const KEYRING_PASSWORD = 'desktop';

/** How long one part of the desktop may take to start, in milliseconds. */
const startTimeoutMs = 60_000;

/**
 * A desktop of its own: X server or Wayland compositor, D-Bus, home folder. Nothing is shared with the machine's real
 * session or with another desktop, and its bus has nothing that a test did not put there: no
 * program can be started by a call to its name.
 */
export class VirtualDesktop {
  /** The whole environment for a program that runs on this desktop. */
  readonly env: NodeJS.ProcessEnv;
  /** The user's home folder, empty at the start. */
  readonly home: string;
  readonly busAddress: string;
  readonly #root: string;
  readonly #children: ChildProcess[] = [];
  #busDaemon: ChildProcess | null = null;
  #keyring: ChildProcess | null = null;

  private constructor(root: string) {
    this.#root = root;
    process.on('exit', this.#removeFiles);
    this.home = join(root, 'home');
    this.busAddress = `unix:path=${join(root, 'bus')}`;
    this.env = {
      PATH: [join(root, 'bin'), process.env.PATH].join(delimiter),
      LANG: 'C.UTF-8',
      HOME: this.home,
      TMPDIR: join(root, 'tmp'),
      XDG_RUNTIME_DIR: join(root, 'run'),
      XDG_CONFIG_HOME: join(this.home, '.config'),
      XDG_DATA_HOME: join(this.home, '.local', 'share'),
      XDG_STATE_HOME: join(this.home, '.local', 'state'),
      XDG_CACHE_HOME: join(this.home, '.cache'),
      XDG_SESSION_TYPE: 'x11',
      DBUS_SESSION_BUS_ADDRESS: this.busAddress,
      // The machine's own system bus (power, network) must not be visible either.
      DBUS_SYSTEM_BUS_ADDRESS: this.busAddress,
    };
  }

  static async start(options: DesktopOptions = {}): Promise<VirtualDesktop> {
    // Short: the path of a socket must not have more than 107 bytes.
    const root = makeTemporaryFolder();
    const desktop = new VirtualDesktop(root);
    try {
      await desktop.#makeFolders();
      const screen = options.screen ?? '1280x800';
      const display =
        options.display === 'wayland'
          ? desktop.#startCompositor(screen)
          : desktop.#startDisplay(screen);
      await Promise.all([display, desktop.#startBus()]);
      if (options.keyring ?? true) await desktop.startKeyring();
      if (options.windowManager) desktop.run('openbox', []);
    } catch (error) {
      await desktop.stop();
      throw error;
    }
    return desktop;
  }

  /** Starts a keyring and unlocks it. Throws if it does not appear on the bus. */
  async startKeyring(): Promise<void> {
    const keyring = this.#start(
      'gnome-keyring-daemon',
      ['--foreground', '--unlock', '--components=secrets'],
      ['pipe', 'ignore', 'ignore'],
    );
    this.#keyring = keyring;
    keyring.stdin?.end(KEYRING_PASSWORD);
    const bus = await Bus.connect(this.busAddress);
    try {
      await waitFor(
        async () => {
          assertRunning(keyring, 'gnome-keyring-daemon');
          const [login] = await bus.call({
            destination: 'org.freedesktop.secrets',
            path: '/org/freedesktop/secrets',
            interface: 'org.freedesktop.Secret.Service',
            member: 'ReadAlias',
            signature: 's',
            body: ['default'],
          });
          return login;
        },
        // The name is owned a moment before the keyring exists that secrets are stored in.
        (login) => login !== '/',
        { what: 'the default keyring', timeoutMs: startTimeoutMs },
      );
    } finally {
      bus.disconnect();
    }
  }

  /** Ends the keyring, as a crash or an update of it does, and starts it again with what it kept. */
  async restartKeyring(): Promise<void> {
    if (this.#keyring) await stopChild(this.#keyring);
    await this.startKeyring();
  }

  /** Ends the bus and starts another one at the same address: everybody has to connect again. */
  async restartBus(): Promise<void> {
    if (this.#busDaemon) await stopChild(this.#busDaemon);
    await this.#startBus();
  }

  get isWayland(): boolean {
    return this.env.WAYLAND_DISPLAY !== undefined;
  }

  /** Starts a program on this desktop; it ends with the desktop. Its output is dropped. */
  run(command: string, args: string[]): ChildProcess {
    return this.#start(command, args, 'ignore');
  }

  /** Puts a script on the desktop's PATH, before programs of the same name. Returns its path. */
  async addProgram(name: string, script: string): Promise<string> {
    const path = join(this.#root, 'bin', name);
    await fs.writeFile(path, script, { mode: 0o755 });
    return path;
  }

  /** The addresses and files that programs asked the desktop to open, oldest first. */
  async opened(): Promise<string[]> {
    const text = await fs.readFile(join(this.#root, 'opened'), 'utf8').catch(() => '');
    return text.split('\n').filter((line) => line !== '');
  }

  /** Ends everything on this desktop and removes its files. */
  async stop(): Promise<void> {
    for (const child of this.#children.reverse()) await stopChild(child);
    process.off('exit', this.#removeFiles);
    this.#removeFiles();
  }

  /** A program that has just been killed may still be writing: then it is tried again. */
  readonly #removeFiles = (): void => {
    rmSync(this.#root, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };

  async #makeFolders(): Promise<void> {
    for (const name of ['home', 'tmp', 'run', 'bin']) {
      await fs.mkdir(join(this.#root, name), { mode: 0o700 });
    }
    await this.addProgram(
      'xdg-open',
      `#!/bin/sh\nprintf '%s\\n' "$1" >> '${join(this.#root, 'opened')}'\n`,
    );
    await fs.writeFile(join(this.#root, 'bus.conf'), busConfig(this.busAddress));
  }

  async #startDisplay(screen: string): Promise<void> {
    // The server picks a free number itself and writes it to descriptor 3, so there is no race for
    // one.
    const server = this.#start(
      'Xvfb',
      ['-displayfd', '3', '-screen', '0', `${screen}x24`, '-nolisten', 'tcp', '-noreset'],
      ['ignore', 'ignore', 'ignore', 'pipe'],
    );
    const number = await firstLine(server, server.stdio[3] as Readable, 'Xvfb');
    this.env.DISPLAY = `:${number}`;
  }

  /** It draws into memory, as no screen is there, and has neither keyboard nor pointer. */
  async #startCompositor(screen: string): Promise<void> {
    const socket = 'wayland-1';
    const [width, height] = screen.split('x');
    const compositor = this.#start(
      'weston',
      [
        '--backend=headless-backend.so',
        '--use-pixman',
        `--socket=${socket}`,
        `--width=${width}`,
        `--height=${height}`,
        '--idle-time=0',
        '--no-config',
        // Lets weston-screenshooter take pictures.
        '--debug',
      ],
      'ignore',
    );
    await waitFor(
      () => fs.lstat(join(this.#root, 'run', socket)),
      () => {
        assertRunning(compositor, 'weston');
        return true;
      },
      { what: 'the compositor', timeoutMs: startTimeoutMs },
    );
    this.env.WAYLAND_DISPLAY = socket;
    this.env.XDG_SESSION_TYPE = 'wayland';
  }

  async #startBus(): Promise<void> {
    const daemon = this.#start(
      'dbus-daemon',
      [`--config-file=${join(this.#root, 'bus.conf')}`, '--nofork', '--print-address=1'],
      ['ignore', 'pipe', 'ignore'],
    );
    this.#busDaemon = daemon;
    await firstLine(daemon, daemon.stdout as Readable, 'dbus-daemon');
  }

  #start(
    command: string,
    args: string[],
    stdio: Parameters<typeof startChild>[2]['stdio'],
  ): ChildProcess {
    const child = startChild(command, args, { env: this.env, stdio, cwd: this.home });
    this.#children.push(child);
    return child;
  }
}

/** A bus without `servicedir`: a call to a name that nobody owns fails and starts nothing. */
function busConfig(address: string): string {
  return `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>${address}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`;
}

/** The first line that a program writes; throws if it ends or is silent for too long. */
async function firstLine(child: ChildProcess, stream: Readable, name: string): Promise<string> {
  const signal = AbortSignal.timeout(startTimeoutMs);
  const lines = createInterface({ input: stream });
  try {
    const [line] = await Promise.race([
      once(lines, 'line', { signal }),
      once(child, 'exit', { signal }).then(([code]) => {
        throw new Error(`${name} ended with code ${code} at its start`);
      }),
    ]);
    return String(line).trim();
  } catch (error) {
    throw signal.aborted ? new Error(`${name} did not start in ${startTimeoutMs} ms`) : error;
  }
}

function assertRunning(child: ChildProcess, name: string): void {
  if (child.exitCode !== null) throw new Error(`${name} ended with code ${child.exitCode}`);
}
