import { screen } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { HistoryJob, HistoryPage } from '../../../preload/contract';
import { ANY_JOB } from '../../../renderer/src/state/history-filter';
import type { WindowState } from '../../../renderer/src/state/window-state';
import { HistoryView } from '../../../renderer/src/views/history/history-view';
import { sampleAppState, sampleClippingAccountView } from '../../builders/app-state';
import { sampleExecutionLine } from '../../builders/clip-line';
import { sampleHistoryJob } from '../../builders/history-job';
import type { Answers } from '../fake-main';
import { button, buttonOrNull, pickFromMenu, renderInWindow, t } from '../render';

// The rows themselves are virtual, and happy-dom gives the list no height: it shows none of them.
// What is in a row, scrolling and reading further pages is left to test/e2e/history.spec.ts.

const page = (...jobs: HistoryJob[]): HistoryPage => ({
  jobs,
  next: null,
  matches: { count: jobs.length, isMore: false },
});
const count = (number: number) => t.text('history.count', { count: number });

async function show(answers: Answers = {}, window: Partial<WindowState> = {}) {
  const rendered = await renderInWindow(<HistoryView />, {
    state: sampleAppState({ accounts: [sampleClippingAccountView()] }),
    answers,
    window,
  });
  await rendered.advance(0);
  return rendered;
}

describe('the history', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  });

  it('says that it is being read', async () => {
    await show();
    expect(screen.getByText(t.text('history.loading'))).toBeTruthy();
    expect(buttonOrNull(t.text('history.export'))).toBeNull();
  });

  it('says what it is for while nothing was ever watched', async () => {
    await show({ 'history.search': page() });
    expect(screen.getByRole('heading', { name: t.text('history.empty.title') })).toBeTruthy();
  });

  it('does not look empty when a filter hides everything, and can be shown again', async () => {
    const rendered = await show(
      { 'history.search': page() },
      { history: { ...ANY_JOB, phase: 'failed' } },
    );
    expect(screen.getByRole('heading', { name: t.text('jobs.noMatch.title') })).toBeTruthy();
    await rendered.user.click(button(t.text('history.clear')));
    expect(rendered.window.get().history).toEqual(ANY_JOB);
  });

  it('says that it could not be read, and reads it again on request', async () => {
    const rendered = await show({ 'history.search': new Error('refused') });
    expect(screen.getByRole('heading', { name: t.text('history.failed.title') })).toBeTruthy();
    await rendered.answer('history.search', page(sampleHistoryJob()));
    await rendered.user.click(button(t.text('history.failed.again')));
    await rendered.advance(0);
    expect(screen.queryByRole('heading', { name: t.text('history.failed.title') })).toBeNull();
    expect(screen.getAllByText(count(1)).length).toBeGreaterThan(0);
  });

  it('searches once typing has paused, and not with each letter', async () => {
    const rendered = await show({ 'history.search': page(sampleHistoryJob()) });
    const field = screen.getByRole('searchbox', { name: t.text('history.search') });
    await rendered.user.type(field, 'boat');
    expect(rendered.requests('history.search')).toHaveLength(1);
    await rendered.advance(200);
    expect(rendered.requests('history.search')).toHaveLength(2);
    expect(rendered.requests('history.search')[1]?.filter.text).toBe('boat');
  });

  it('exports what the filters let through, and says so', async () => {
    const rendered = await show(
      { 'history.search': page(sampleHistoryJob()), 'history.export': { saved: true } },
      { history: { ...ANY_JOB, phase: 'done' } },
    );
    await pickFromMenu(rendered, t.text('history.export'), t.text('history.export.csv'));
    expect(rendered.requests('history.export')).toMatchObject([
      { filter: { phase: 'done' }, format: 'csv' },
    ]);
    expect(rendered.window.get().announcement.text).toBe(t.text('history.saved'));
  });

  it('is read again after a job has changed', async () => {
    const rendered = await show({ 'history.search': page(sampleHistoryJob()) });
    await rendered.setState(
      sampleAppState({
        accounts: [sampleClippingAccountView()],
        lines: [sampleExecutionLine({ accountId: 'x1' })],
      }),
    );
    await rendered.advance(1_000);
    expect(rendered.requests('history.search')).toHaveLength(2);
  });
});
