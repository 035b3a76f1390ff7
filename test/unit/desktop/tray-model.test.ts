import { describe, expect, it } from 'vitest';
import { createTrayModel, trayModel } from '../../../main/desktop/tray/tray-model';
import type { TrayInput } from '../../../main/desktop/tray/tray-state';
import { createTranslator } from '../../../preload/messages';
import { sampleExecutionLine as line, sampleUploadView } from '../../builders/clip-line';
import { sampleTotals as totals } from '../../builders/upload-totals';

const t = createTranslator('en');

const none = totals({ sending: 0, unfinished: 0, sizeBytes: 0 });
const model = (changes: Partial<TrayInput> = {}) => {
  const idle = { lines: [], uploads: none, accountsInTrouble: 0, offline: false, paused: false };
  const fine = { canStart: false, notifications: true, storage: null };
  return trayModel({ ...idle, ...fine, ...changes }, t);
};
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

it('says that the disk is full, before anything else', () => {
  const full = model({ lines: [line()], offline: true, storage: 'full' });
  expect(full.state).toBe('attention');
  expect(full.tooltip).toBe('Cliptray: The disk is full');
  expect(labels({ storage: 'full' })[0]).toBe('The disk is full');
});

describe('a desktop that shows no notifications', () => {
  const result = line({ active: false, stage: 'done', unseen: true });

  it('is marked by the tray, since nothing else shows a result', () => {
    const silent = model({ lines: [result, line()], notifications: false });
    expect(silent.state).toBe('attention');
    expect(silent.tooltip).toBe('Cliptray: 1 thing needs you\nThis desktop shows no notifications');
    expect(labels({ lines: [result], notifications: false }).slice(0, 3)).toEqual([
      'This desktop shows no notifications',
      '1 new result',
      '—',
    ]);
  });

  it('is mentioned but raises no alarm while no result waits', () => {
    const silent = model({ lines: [{ ...result, unseen: false }], notifications: false });
    expect(silent.state).toBe('idle');
    expect(silent.tooltip).toBe(
      'Cliptray: nothing in progress\nThis desktop shows no notifications',
    );
    expect(silent.menu.filter((item) => 'label' in item && item.label.includes('new'))).toEqual([]);
  });

  it('is not mentioned where notifications are shown', () => {
    expect(model({ lines: [result] }).state).toBe('idle');
    expect(labels({ lines: [result] })).not.toContain('This desktop shows no notifications');
  });
});

describe('the tooltip', () => {
  it('counts what runs', () => {
    expect(model({ lines: [line(), line()] }).tooltip).toBe('Cliptray: 2 in progress');
  });

  it('shows the progress of all uploads, and counts what else runs', () => {
    const upload = sampleUploadView({ state: 'sending', sizeBytes: 1000, sentBytes: 250 });
    const uploads = totals({ sentBytes: 250, timeLeftMs: 240_000 });
    const lines = [line({ upload })];
    expect(model({ lines, uploads }).tooltip).toBe('Uploading 1 video: 25%, about 4 min left');
    expect(model({ lines: [...lines, line(), line()], uploads }).tooltip).toBe(
      'Uploading 1 video: 25%, about 4 min left, 2 more in progress',
    );
    // Pausing concerns watching: whoever paused it must still see that bytes are leaving.
    const paused = model({ lines, uploads, paused: true });
    expect(paused.tooltip).toContain('Uploading 1 video: 25%');
    expect(paused.state).toBe('working');
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

  it('begins with all uploads and the switch for them', () => {
    expect(labels({ uploads: totals({ unfinished: 2, sentBytes: 478 }) }).slice(0, 3)).toEqual([
      'Uploading 2 videos: 45%',
      'Pause uploads',
      '—',
    ]);
    expect(labels({ uploads: { ...none, paused: 2 } }).slice(0, 3)).toEqual([
      '2 uploads are paused',
      'Resume uploads',
      '—',
    ]);
    expect(labels({ uploads: totals({ paused: 1 }) }).slice(0, 3)).toEqual([
      'Uploading 1 video: 0%',
      'Pause uploads',
      'Resume uploads',
    ]);
  });

  it('stays the same between two percents: a changed menu closes under the mouse on Linux', () => {
    const at = (sentBytes: number, timeLeftMs: number) =>
      model({ uploads: totals({ sentBytes, timeLeftMs }) }).menu;
    expect(at(451, 241_000)).toEqual(at(499, 239_000));
    expect(at(451, 241_000)).not.toEqual(at(500, 241_000));
  });

  it('opens a finished result with one click', () => {
    const done = line({ active: false, stage: 'done', title: 'Reel', resultJobId: 'j9' });
    const entry = model({ lines: [done] }).menu.find(
      (item) => 'label' in item && item.label === 'Reel',
    );
    expect(entry).toMatchObject({ action: { do: 'result', jobId: 'j9' } });
  });
});

it('offers to start work only where there is an account for it', () => {
  expect(labels({ canStart: true })).toContain('Transcribe or process a video…');
  expect(labels({ canStart: false })).not.toContain('Transcribe or process a video…');
});

it('is worked out again for every change of what it shows, and for nothing else', () => {
  const modelOf = createTrayModel(t);
  const input: TrayInput = {
    lines: [line()],
    uploads: none,
    accountsInTrouble: 0,
    offline: false,
    paused: false,
    canStart: false,
    notifications: true,
    storage: null,
  };
  const first = modelOf(input);
  expect(modelOf({ ...input })).toBe(first);
  const changes: TrayInput[] = [
    { ...input, lines: [] },
    { ...input, uploads: totals({}) },
    { ...input, accountsInTrouble: 1 },
    { ...input, offline: true },
    { ...input, paused: true },
    { ...input, canStart: true },
    { ...input, lines: [failed], notifications: false },
  ];
  for (const changed of changes) {
    expect(modelOf(changed)).toEqual(trayModel(changed, t));
    expect(modelOf(input)).toEqual(first);
  }
});
