import { type Logger, reason } from '../../domain/logger';
import { connectX11, type X11Event } from './x11-connection';

const DESTROY_NOTIFY = 17;
const CLIENT_MESSAGE = 33;

/**
 * Follows whether a panel shows tray icons in the older way of X11, in which it owns a selection of its
 * screen (XEmbed). Electron falls back to that way by itself, and does not say so. Resolves once that is
 * known; costs nothing while nothing changes.
 * https://specifications.freedesktop.org/systemtray-spec/latest/
 */
export async function followXembedTray(
  display: string,
  onChange: (owner: number | null) => void,
  logger: Pick<Logger, 'info'>,
): Promise<void> {
  let owner = 0;
  let managerMessage = 0;
  let selection = 0;

  function tell(now: number): void {
    if (now === owner) return;
    owner = now;
    onChange(owner === 0 ? null : owner);
  }

  try {
    const connection = await connectX11(display, {
      onEvent({ code, body }: X11Event) {
        const isNewTray =
          code === CLIENT_MESSAGE &&
          body.readUInt32LE(8) === managerMessage &&
          body.readUInt32LE(16) === selection;
        const isGone = code === DESTROY_NOTIFY && body.readUInt32LE(8) === owner;
        if (isNewTray || isGone) check().catch(() => tell(0));
      },
      onClose: () => tell(0),
    });
    const check = async (): Promise<void> => {
      const first = await connection.selectionOwner(selection);
      if (first === 0) return tell(0);
      connection.followWindow(first);
      // It may have gone before its window was followed.
      tell((await connection.selectionOwner(selection)) === first ? first : 0);
    };
    selection = await connection.atom(`_NET_SYSTEM_TRAY_S${connection.screen}`);
    managerMessage = await connection.atom('MANAGER');
    connection.followWindow(connection.root);
    await check();
  } catch (error) {
    logger.info('no X server to ask for a tray', { reason: reason(error) });
  }
}
