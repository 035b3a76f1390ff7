import { shell } from 'electron';
import { type Logger, reason } from '../../domain/logger';
import { openableUrl } from './openable-url';

/** Opens a URL in the user's browser. False when it is refused or no browser opened it. */
export function createOpenExternal(allowLoopback: boolean, logger: Logger) {
  return async (address: string): Promise<boolean> => {
    const url = openableUrl(address, allowLoopback);
    if (url === null) {
      logger.warn('address refused');
      return false;
    }
    try {
      await shell.openExternal(url);
      return true;
    } catch (error) {
      logger.warn('no program opened the address', { reason: reason(error) });
      return false;
    }
  };
}
