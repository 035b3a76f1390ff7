import { describe, expect, it } from 'vitest';
import { type TrayInput, trayModel } from '../../../main/desktop/tray-model';
import type { Line } from '../../../main/domain/line';
import { createTranslator } from '../../../preload/messages';

const t = createTranslator('en');

function line(changes: Partial<Line> = {}): Line {
  return {
    id: 'l1',
    kind: 'execution',
    accountId: 'a1',
    title: 'Transcript',
    stage: 'running',
    remoteStatus: 'running',
    stageSinceMs: 0,
    startedAtMs: 0,
    changedAtMs: 0,
    active: true,
    unseen: false,
    clipId: null,
    upload: null,
    candidates: [],
    otherRenders: [],
    resultJobId: null,
    jobIds: ['j1'],
    failure: null,
    ...changes,
  };
}

const model = (changes: Partial<TrayInput> = {}) =>
  trayModel({ lines: [], accountsInTrouble: 0, offline: false, paused: false, ...changes }, t);
const labels = (changes: Partial<TrayInput>) =>
  model(changes).menu.map((item) => ('label' in item ? item.label : '—'));
const failed = line({ stage: 'failed', active: false, unseen: true });

describe('the state of the icon', () => {
  it.each([
    ['idle', {}],
    ['working', { lines: [line()] }],
    ['attention', { lines: [line(), failed] }],
    ['attention', { accountsInTrouble: 1 }],
    ['offline', { lines: [line(), failed], offline: true }],
    ['idle', { lines: [line()], paused: true }],
  ] as const)('is %s for %o', (state, input) => {
    expect(model({ ...input, lines: 'lines' in input ? [...input.lines] : [] }).state).toBe(state);
  });

  it('asks for no attention once the user has looked', () => {
    expect(model({ lines: [{ ...failed, unseen: false }] }).state).toBe('idle');
  });
});

describe('the tooltip', () => {
  it('counts what runs, and the uploads with what is sent of all of them', () => {
    const upload = { id: 'u', state: 'sending', sizeBytes: 200, sentBytes: 50 } as Line['upload'];
    const { tooltip } = model({ lines: [line({ upload }), line(), line()] });
    expect(tooltip).toBe('Cliptray: 3 in progress, 1 upload at 25%');
    expect(model({ lines: [line()] }).tooltip).toBe('Cliptray: 1 in progress');
  });

  it('says what needs the user, that it is offline, or paused', () => {
    expect(model({ lines: [failed], accountsInTrouble: 1 }).tooltip).toContain('2 things need you');
    expect(model({ offline: true }).tooltip).toContain('offline');
    expect(model({ paused: true }).tooltip).toContain('paused');
  });
});

describe('the menu', () => {
  it('always offers upload, pause, open and quit', () => {
    expect(labels({})).toEqual([
      'Nothing in progress',
      '—',
      'Upload…',
      'Pause watching',
      'Open Cliptray',
      '—',
      'Quit Cliptray',
    ]);
  });

  it('lists what runs with its stage, and leads to the window for the rest', () => {
    const many = Array.from({ length: 13 }, (_, n) => line({ id: `l${n}`, title: `Job ${n}` }));
    const shown = labels({ lines: many });
    expect(shown[1]).toBe('Job 0 — Running');
    expect(shown).toContain('and 3 more…');
    expect(shown.filter((label) => label.includes('— Running'))).toHaveLength(10);
  });

  it('opens a finished result with one click', () => {
    const done = line({ active: false, stage: 'done', title: 'Reel', resultJobId: 'j9' });
    const entry = model({ lines: [done] }).menu.find(
      (item) => 'label' in item && item.label === 'Reel',
    );
    expect(entry).toMatchObject({ action: { do: 'result', jobId: 'j9' } });
  });
});
