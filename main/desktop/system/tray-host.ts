import type { DesktopEnvironment } from '../../domain/environment';
import type { Logger } from '../../domain/logger';
import type { ChangeFeed } from '../../events';
import type { DbusConnection } from './dbus-connection';
import { TRAY_HOST } from './session-bus';
import { followXembedTray } from './xembed-tray';

const PROPERTIES = 'org.freedesktop.DBus.Properties';

export interface TrayHostDeps {
  bus: DbusConnection;
  /** The X display that Electron uses; null on Wayland, where no icon can be embedded. */
  xDisplay: string | null;
  logger: Logger;
  change: (changes: Partial<DesktopEnvironment>) => void;
  feed: Pick<ChangeFeed, 'emit'>;
}

/**
 * Follows whether anything shows tray icons, as Electron looks for it: a host that is registered with the
 * watcher on the session bus, else a panel that embeds icons on X11. Emits `trayHost` whenever another one
 * has taken over, since it has no icon yet. Resolves once that is known.
 */
export async function followTrayHost(deps: TrayHostDeps): Promise<void> {
  const { bus, xDisplay, logger, change, feed } = deps;
  /** Unique name of the watcher that runs. */
  let watcher: string | null = null;
  /** Unique name of the watcher, if a host is registered there. */
  let registered: string | null = null;
  let embedder: number | null = null;
  let xembed: Promise<void> | null = null;
  let host: string | null | undefined;

  function report(): void {
    const now = registered ?? (embedder === null ? null : `X11 window ${embedder}`);
    if (now === host) return;
    host = now;
    logger.info('tray host', { host: now ?? 'none' });
    change({ trayHost: now !== null });
    if (now !== null) feed.emit('trayHost', null);
  }

  async function isHostRegistered(): Promise<boolean> {
    try {
      const { body } = await bus.call({
        destination: TRAY_HOST,
        path: '/StatusNotifierWatcher',
        interface: PROPERTIES,
        member: 'Get',
        signature: 'ss',
        body: [TRAY_HOST, 'IsStatusNotifierHostRegistered'],
        mayStart: false,
      });
      return (body[0] as { value?: unknown } | null)?.value === true;
    } catch {
      return false;
    }
  }

  /** Begins at the first time that the bus has no host: most desktops need no connection to X. */
  function followXembed(): Promise<void> {
    if (xDisplay === null) return Promise.resolve();
    xembed ??= followXembedTray(
      xDisplay,
      (owner) => {
        embedder = owner;
        report();
      },
      logger,
    );
    return xembed;
  }

  let reading = Promise.resolve();
  /** A later one may be over first: an earlier one may wait for the X server. */
  function read(owner: string | null): void {
    watcher = owner;
    const isNewest = () => reading === own;
    async function readOnce(): Promise<void> {
      const isRegistered = owner !== null && (await isHostRegistered());
      if (isNewest() && !isRegistered) await followXembed();
      if (!isNewest()) return;
      registered = isRegistered ? owner : null;
      report();
    }
    const own = Promise.resolve().then(readOnce);
    reading = own;
  }

  // Before it is asked: a host that registers right after the answer would be missed for good.
  for (const member of ['StatusNotifierHostRegistered', 'StatusNotifierHostUnregistered']) {
    const source = { sender: TRAY_HOST, interface: TRAY_HOST, member };
    await bus.onSignal(source, () => {
      if (watcher !== null) read(watcher);
    });
  }
  await bus.followNames([TRAY_HOST], (_name, { owner }) => read(owner));
  let awaited: Promise<void>;
  do {
    awaited = reading;
    await awaited;
  } while (awaited !== reading);
}
