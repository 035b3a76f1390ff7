import { describe, expect, it, vi } from 'vitest';
import type { Handlers } from '../../../main/commands/handlers';
import { STORAGE_PROBLEMS, StorageError } from '../../../main/domain/storage-error';
import { serveBridge } from '../../../main/ipc/bridge-server';
import { CHANNELS } from '../../../preload/channels';
import { silentLogger } from '../../builders/logger';

type Listener = (event: unknown, ...args: unknown[]) => unknown;
const listeners = new Map<string, Listener>();
vi.mock('electron', () => ({
  ipcMain: { handle: (channel: string, listener: Listener) => listeners.set(channel, listener) },
}));

/** What the page gets of a verb that throws this. */
async function failureOf(thrown: Error): Promise<string> {
  const fails = () => {
    throw thrown;
  };
  serveBridge({
    origin: 'app://cliptray',
    handlers: { 'logs.show': fails } as unknown as Handlers,
    snapshot: fails,
    logger: silentLogger,
  });
  const event = { senderFrame: { parent: null, url: 'app://cliptray/index.html' } };
  const call = Promise.resolve(listeners.get(CHANNELS.run)?.(event, 'logs.show', null));
  return call.then(
    () => 'done',
    (error: Error) => error.message,
  );
}

describe('a verb that failed', () => {
  it.each(STORAGE_PROBLEMS)('was not stored, and is no defect of ours: %s', async (problem) => {
    expect(await failureOf(new StorageError(problem, 'not written'))).toBe('not-stored');
  });

  it.each([
    ['a statement that is wrong', new StorageError('other', 'no such column')],
    ['anything else', new TypeError('secret of the user')],
  ])('is a defect, and says no more of it: %s', async (_what, thrown) => {
    expect(await failureOf(thrown)).toBe('failed');
  });
});
