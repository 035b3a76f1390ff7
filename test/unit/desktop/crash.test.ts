import { EventEmitter } from 'node:events';
import { beforeEach, expect, it, vi } from 'vitest';
import { silentLogger } from '../../builders/logger';

const { app, watcher, windows } = await vi.hoisted(async () => {
  const { EventEmitter } = await import('node:events');
  const stdin = Object.assign(new EventEmitter(), { write: vi.fn() });
  return {
    app: new EventEmitter(),
    watcher: Object.assign(new EventEmitter(), { stdin, unref() {} }),
    windows: [] as EventEmitter[],
  };
});
vi.mock('electron', () => ({ app, BrowserWindow: { getAllWindows: () => windows } }));
vi.mock('node:child_process', () => ({ spawn: () => watcher }));

import { endForGood, watchForCrash } from '../../../main/desktop/start/crash-watch';
import { holdEarlyRequests } from '../../../main/desktop/start/early-requests';
import { AFTER_CRASH_ARGUMENT } from '../../../main/desktop/start/restart-arguments';

const told = () => watcher.stdin.write.mock.calls.map(([word]) => word);

beforeEach(() => {
  app.removeAllListeners();
  watcher.stdin.write.mockClear();
  windows.length = 0;
});

it('a start that fails is no crash, after which it would only fail again', () => {
  watchForCrash({ command: [], logger: silentLogger });
  endForGood();
  expect(told()).toEqual(['hidden\n', 'quit\n']);
});

it('nothing is written to the watcher after the quit, when the last window closes', async () => {
  const window = new EventEmitter();
  windows.push(window);
  watchForCrash({ command: [], logger: silentLogger });
  app.emit('before-quit');
  windows.length = 0;
  window.emit('closed');
  await new Promise((resolve) => setImmediate(resolve));
  expect(told()).toEqual(['shown\n', 'quit\n']);
});

it('a start after a crash that comes too late does not open the window of the app that runs', () => {
  const secondInstance = vi.fn();
  const others = { openedFiles() {}, activate() {}, trayClick() {}, trayFiles() {} };
  holdEarlyRequests(false).takeOver({ secondInstance, ...others });
  app.emit('second-instance', {}, ['cliptray', AFTER_CRASH_ARGUMENT], '/');
  expect(secondInstance).not.toHaveBeenCalled();
  app.emit('second-instance', {}, ['cliptray'], '/');
  expect(secondInstance).toHaveBeenCalledTimes(1);
});
