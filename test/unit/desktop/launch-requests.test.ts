import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { parseCommandLine } from '../../../main/desktop/start/command-line';
import { createLaunchRequests } from '../../../main/desktop/start/launch-requests';
import { restartArguments } from '../../../main/desktop/start/restart-arguments';
import { addRoute } from '../../../main/desktop/window/waiting-routes';
import type { Route } from '../../../preload/contract';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const nothing = { hidden: false, uploadPaths: null, importUrl: null, work: null };

function incoming() {
  const shown: (Route | null)[] = [];
  const later: unknown[] = [];
  const state = { quitting: false };
  const { start, handlers } = createLaunchRequests({
    show: (route) => shown.push(route),
    isQuitting: () => state.quitting,
    startAfterQuit: (request) => later.push(request),
  });
  return { shown, later, state, start, handlers };
}

describe('a request from outside', () => {
  it('asks the user once, although the system reports each file separately', () => {
    const { shown, handlers, start } = incoming();
    handlers.openedFiles(['/a.mp4']);
    vi.advanceTimersByTime(300);
    handlers.openedFiles(['/b.mp4']);
    start({ ...nothing, uploadPaths: ['/c.mp4'] });
    vi.advanceTimersByTime(399);
    expect(shown).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(shown).toEqual([{ view: 'upload', paths: ['/a.mp4', '/b.mp4', '/c.mp4'] }]);
    handlers.openedFiles(['/d.mp4']);
    vi.runAllTimers();
    expect(shown.at(-1)).toEqual({ view: 'upload', paths: ['/d.mp4'] });
  });

  it('shows the window, unless only the tray is asked for', () => {
    const { shown, start } = incoming();
    start({ ...nothing, hidden: true });
    expect(shown).toEqual([]);
    start(nothing);
    expect(shown).toEqual([null]);
  });

  it('asks for videos when none are named, and before an import or a start', () => {
    const { shown, start } = incoming();
    start({ ...nothing, uploadPaths: [] });
    start({ ...nothing, importUrl: 'https://a.example/' });
    start({ ...nothing, work: { source: '@harbour' } });
    expect(shown).toEqual([
      { view: 'upload', paths: null },
      { view: 'import', url: 'https://a.example/' },
      { view: 'start', source: '@harbour' },
    ]);
  });
});

describe('a start while the app is quitting', () => {
  it('is made up for afterwards, since the start that asked for it has ended', () => {
    const { shown, later, state, start } = incoming();
    state.quitting = true;
    start({ ...nothing, importUrl: 'https://a.example/' });
    start({ ...nothing, uploadPaths: ['/a.mp4'] });
    vi.runAllTimers();
    expect(shown).toEqual([]);
    expect(later).toMatchObject([{ importUrl: 'https://a.example/' }, { uploadPaths: ['/a.mp4'] }]);
  });

  const folder = '/home/me';
  it.each([
    nothing,
    { ...nothing, hidden: true },
    { ...nothing, uploadPaths: [] },
    { ...nothing, uploadPaths: ['/v/-a b.mp4', '/v/start', '/v/--hidden'] },
    { ...nothing, importUrl: 'https://a.example/x?y=1' },
    { ...nothing, work: { source: null } },
    { ...nothing, work: { source: '@harbour' } },
  ])('asks for the same again: %o', (request) => {
    for (const argv of [
      ['/opt/cliptray', '--no-sandbox', '--hidden'],
      ['/opt/cliptray', '--no-sandbox', '--', 'upload', '/other.mp4'],
    ]) {
      const again = restartArguments(argv, false, request);
      expect(parseCommandLine(['/opt/cliptray', ...again], folder, false)).toEqual({
        wants: 'start',
        start: request,
      });
      expect(again[0]).toBe('--no-sandbox');
    }
  });

  it('keeps the folder of the app where it is started from one', () => {
    const argv = ['/bin/electron', '--no-sandbox', '/src/cliptray', '--hidden', 'upload', '/a.mp4'];
    expect(restartArguments(argv, true, nothing)).toEqual(['/src/cliptray', '--no-sandbox']);
  });
});

describe('routes that were requested before the window could show any', () => {
  const upload = (paths: string[] | null): Route => ({ view: 'upload', paths });
  const all = (...routes: Route[]) => routes.reduce<Route[]>(addRoute, []);

  it('leave no file behind', () => {
    expect(all(upload(['/a']), upload(['/b']))).toEqual([upload(['/a', '/b'])]);
    expect(all(upload(['/a']), upload(null))).toEqual([upload(['/a'])]);
    expect(all(upload(null), upload(['/b']))).toEqual([upload(['/b'])]);
  });

  it('lose no request to another one', () => {
    const link: Route = { view: 'import', url: 'https://a.example/' };
    const work: Route = { view: 'start', source: '@harbour' };
    expect(all(upload(['/a']), link, work, upload(['/b']))).toEqual([
      upload(['/a', '/b']),
      link,
      work,
    ]);
  });

  it('show the last view alone', () => {
    expect(all({ view: 'settings' }, upload(['/b']), { view: 'accounts' })).toEqual([
      upload(['/b']),
      { view: 'accounts' },
    ]);
  });
});
