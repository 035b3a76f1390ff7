import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLaunchRequests } from '../../../main/desktop/start/launch-requests';
import { mergeRoutes } from '../../../main/desktop/window/merge-routes';
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
  return { shown, ...createLaunchRequests((route) => shown.push(route)) };
}

describe('a request from outside', () => {
  it('asks the user once, although the system reports each file separately', () => {
    const { shown, files, start } = incoming();
    files(['/a.mp4']);
    vi.advanceTimersByTime(300);
    files(['/b.mp4']);
    start({ ...nothing, uploadPaths: ['/c.mp4'] });
    vi.advanceTimersByTime(399);
    expect(shown).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(shown).toEqual([{ view: 'upload', paths: ['/a.mp4', '/b.mp4', '/c.mp4'] }]);
    files(['/d.mp4']);
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

describe('a route that was requested before the window could show the last one', () => {
  const upload = (paths: string[] | null): Route => ({ view: 'upload', paths });

  it('leaves no file behind', () => {
    expect(mergeRoutes(upload(['/a']), upload(['/b']))).toEqual(upload(['/a', '/b']));
    expect(mergeRoutes(upload(['/a']), upload(null))).toEqual(upload(['/a']));
    expect(mergeRoutes(upload(null), upload(['/b']))).toEqual(upload(['/b']));
  });

  it('is the one that is shown otherwise', () => {
    expect(mergeRoutes({ view: 'settings' }, upload(['/b']))).toEqual(upload(['/b']));
    expect(mergeRoutes(null, { view: 'accounts' })).toEqual({ view: 'accounts' });
  });
});
