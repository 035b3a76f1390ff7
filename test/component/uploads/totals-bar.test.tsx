import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { UploadTotals } from '../../../preload/contract';
import { TotalsBar } from '../../../renderer/src/views/uploads/totals-bar';
import { sampleAppState } from '../../builders/app-state';
import { button, buttonOrNull, renderInWindow, t } from '../render';

const stateOf = (totals: Partial<UploadTotals>) => sampleAppState({ totals });
const show = (totals: Partial<UploadTotals>) =>
  renderInWindow(<TotalsBar />, { state: stateOf(totals) });
const bar = () => screen.queryByRole('region', { name: t.text('totals.label') });

describe('the totals of all uploads', () => {
  it('are not there while nothing is to be uploaded', async () => {
    await show({});
    expect(bar()).toBeNull();
  });

  it('say how many are being sent, how far they are and how long it takes', async () => {
    await show({
      sending: 1,
      unfinished: 3,
      sentBytes: 250,
      sizeBytes: 1000,
      timeLeftMs: 240_000,
    });
    expect(bar()?.textContent).toContain(t.text('totals.sending', { sending: 1, unfinished: 3 }));
    expect(bar()?.textContent).toContain(t.text('totals.percent', { percent: 25 }));
    expect(bar()?.textContent).toContain(
      t.text('totals.timeLeft', { duration: t.duration(240_000) }),
    );
    expect(screen.getByRole('progressbar').getAttribute('aria-valuenow')).toBe('25');
  });

  it('stay while uploads are only paused or failed: those are still to be dealt with', async () => {
    await show({ paused: 2, failed: 1 });
    expect(bar()?.textContent).toContain(t.text('totals.onlyPaused', { count: 2 }));
    expect(bar()?.textContent).toContain(t.text('totals.failed', { count: 1 }));
    expect(buttonOrNull(t.text('totals.pauseAll'))).toBeNull();
    expect(button(t.text('totals.resumeAll'))).toBeTruthy();
    expect(button(t.text('totals.retryAll'))).toBeTruthy();
  });

  it('ask before all are cancelled', async () => {
    const rendered = await show({ unfinished: 1 });
    await rendered.user.click(button(t.text('totals.cancelAll')));
    expect(rendered.requests('uploads.cancelAll')).toEqual([]);
    expect(rendered.window.get().dialog).toEqual({ kind: 'cancel-all-uploads' });
  });

  it('keep the keyboard focus when the pressed button disappears', async () => {
    const rendered = await show({ unfinished: 1 });
    await rendered.user.click(button(t.text('totals.pauseAll')));
    expect(rendered.requests('uploads.pauseAll')).toHaveLength(1);
    await rendered.setState(stateOf({ paused: 1 }));
    expect(document.activeElement).toBe(button(t.text('totals.resumeAll')));
  });
});
