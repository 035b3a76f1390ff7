import { type IpcMainInvokeEvent, ipcMain } from 'electron';
import { CHANNELS } from '../../preload/channels';
import type { CallFailure, StateSnapshot, Verb } from '../../preload/contract';
import { verbs } from '../../preload/contract/verbs';
import type { Handlers } from '../commands/handlers';
import { type Logger, reason } from '../domain/logger';
import { storageProblemOf } from '../domain/storage-error';

/**
 * Only the main frame of one of our own pages may call. The parsed URL is compared: a prefix would also
 * match `app://cliptray.evil/`. https://www.electronjs.org/docs/latest/tutorial/security#17
 */
function isOurPage(event: IpcMainInvokeEvent, origin: string): boolean {
  const frame = event.senderFrame;
  if (!frame || frame.parent !== null) return false;
  try {
    const { protocol, host } = new URL(frame.url);
    return `${protocol}//${host}` === origin;
  } catch {
    return false;
  }
}

/** Serves the bridge to windows: the only module that touches ipcMain. */
export function serveBridge(deps: {
  origin: string;
  handlers: Handlers;
  snapshot: () => StateSnapshot;
  logger: Logger;
}) {
  const { origin, handlers, logger } = deps;
  const guard = (event: IpcMainInvokeEvent) => {
    if (isOurPage(event, origin)) return;
    logger.warn('call from a foreign page refused');
    throw new Error('refused');
  };

  ipcMain.handle(CHANNELS.snapshot, (event) => {
    guard(event);
    return deps.snapshot();
  });

  ipcMain.handle(CHANNELS.run, async (event, verb: unknown, request: unknown) => {
    guard(event);
    if (typeof verb !== 'string' || !Object.hasOwn(verbs, verb)) {
      logger.warn('unknown verb refused');
      throw new Error('refused');
    }
    const known = verb as Verb;
    const payload = verbs[known].request.safeParse(request);
    if (!payload.success) {
      // Only the issue's path: a value could contain a key.
      const path = payload.error.issues[0]?.path.join('.') ?? '';
      logger.warn('payload refused', { verb, path });
      throw new Error('refused');
    }
    // Browsing the list is not worth a line in the log; everything else the user does is.
    if (known !== 'line.markSeen') logger.info('verb called', { verb });
    try {
      const handler = handlers[known] as (request: unknown) => unknown;
      return await handler(payload.data);
    } catch (error) {
      logger.error('verb failed', { verb, reason: reason(error) });
      const failure: CallFailure = storageProblemOf(error) === null ? 'failed' : 'not-stored';
      throw new Error(failure);
    }
  });
}
