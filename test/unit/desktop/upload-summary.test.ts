import { describe, expect, it } from 'vitest';
import { quitDialogText } from '../../../main/desktop/dialogs/quit-dialog-text';
import { uploadSummary } from '../../../main/desktop/tray/upload-summary';
import { createTaskbar } from '../../../main/desktop/window/taskbar';
import { createTranslator } from '../../../preload/messages';
import { sampleTotals as totals } from '../../builders/upload-totals';

const t = createTranslator('en');
const MINUTE_MS = 60_000;

describe('the progress of the uploads in words', () => {
  it('has how many, how much, and how long', () => {
    const timeLeftMs = 4.2 * MINUTE_MS;
    expect(uploadSummary(totals({ unfinished: 3, sentBytes: 459, timeLeftMs }), 1, t)).toBe(
      'Uploading 3 videos: 45%, about 4 min left',
    );
    expect(uploadSummary(totals({ sentBytes: 999 }), 1, t)).toBe('Uploading 1 video: 99%');
  });

  it.each([
    [0, 'less than a minute left'],
    [29_000, 'less than a minute left'],
    [31_000, 'about 1 min left'],
    [13 * MINUTE_MS, 'about 15 min left'],
    [59 * MINUTE_MS, 'about 1 hr left'],
    [100 * MINUTE_MS, 'about 1 hr 30 min left'],
    [40 * 60 * MINUTE_MS, 'about 2 days left'],
  ])('says of %i ms left: %s', (timeLeftMs, words) => {
    expect(uploadSummary(totals({ timeLeftMs }), 1, t)).toContain(words);
  });

  it('says that they wait when none is being sent', () => {
    expect(uploadSummary(totals({ sending: 0, unfinished: 2 }), 1, t)).toBe(
      '2 uploads are waiting',
    );
  });

  it('is empty when none is unfinished', () => {
    expect(uploadSummary(totals({ sending: 0, unfinished: 0, sizeBytes: 0 }), 1, t)).toBeNull();
  });

  it('changes less often in larger steps: an open menu would close at each change', () => {
    const words = new Set<string | null>();
    for (let sentBytes = 0; sentBytes <= 1000; sentBytes += 1) {
      words.add(uploadSummary(totals({ sentBytes }), 5, t));
    }
    expect(words.size).toBe(21);
  });
});

describe('the taskbar', () => {
  it('shows the share that is sent, each percent once, and clears at the end', () => {
    const shown: number[] = [];
    const taskbar = createTaskbar({
      platform: 'linux',
      setProgress: (value) => shown.push(value),
      setBadge: () => {
        throw new Error('no badge on Linux');
      },
    });
    const none = totals({ sending: 0, unfinished: 0, sentBytes: 0, sizeBytes: 0 });
    for (const sentBytes of [0, 500, 505]) taskbar.show(totals({ sentBytes }));
    taskbar.show(none);
    taskbar.show(none);
    expect(shown).toEqual([0, 0.5, -1]);
  });

  it('also writes on the dock icon of macOS', () => {
    const badges: string[] = [];
    const taskbar = createTaskbar({
      platform: 'darwin',
      setProgress: () => {},
      setBadge: (text) => badges.push(text),
    });
    taskbar.show(totals({ sentBytes: 500 }));
    taskbar.show(totals({ unfinished: 0 }));
    expect(badges).toEqual(['50%', '']);
  });
});

describe('quitting', () => {
  it('asks while uploads are unfinished, and says that nothing is lost', () => {
    expect(quitDialogText(totals({ unfinished: 2 }), t)).toMatchObject({
      message: '2 uploads are not finished',
      detail: 'They go on by themselves when Cliptray starts again. Nothing is lost.',
      buttons: ['Quit', 'Keep running'],
      defaultId: 0,
      cancelId: 1,
    });
    expect(quitDialogText(totals({ sending: 0, unfinished: 1 }), t)?.message).toBe(
      '1 upload is not finished',
    );
  });

  it('does not hold anybody up for uploads that do not move anyway', () => {
    expect(
      quitDialogText(totals({ sending: 0, unfinished: 0, paused: 2, failed: 1 }), t),
    ).toBeNull();
  });
});
