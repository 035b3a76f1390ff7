import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { HistoryJob, HistoryPage, JobEvent } from '../../../preload/contract';
import { sampleAppState, sampleClippingAccountView } from '../../builders/app-state';
import { sampleExecutionLine } from '../../builders/clip-line';
import { sampleHistoryJob } from '../../builders/history-job';
import type { Answers } from '../fake-main';
import { button, buttonOrNull, openDialog, snackbar, t } from '../render';

const service = 'Clipping';
const accounts = [sampleClippingAccountView()];
const sample = (changes: Partial<HistoryJob> = {}) =>
  sampleHistoryJob({ accountId: 'x1', title: 'The harbour', ...changes });
const page = (...jobs: HistoryJob[]): HistoryPage => ({
  jobs,
  next: null,
  matches: { count: jobs.length, isMore: false },
});
const event = (changes: Partial<JobEvent> = {}): JobEvent => ({
  jobId: 'a1/execution/exc_1',
  atMs: 1_000,
  source: 'list',
  type: 'phase',
  fromPhase: null,
  toPhase: 'running',
  remoteStatus: 'running',
  ...changes,
});

const open = (answers: Answers = {}, job = sample(), state = sampleAppState({ accounts })) =>
  openDialog({ kind: 'history-job', job }, { state, answers });

describe('a job of the history', () => {
  it('says that its events are being read', async () => {
    await open();
    expect(screen.getByText(t.text('timeline.loading'))).toBeTruthy();
  });

  it('says that nothing more is known of it', async () => {
    await open({ 'history.events': [], 'history.search': page(sample()) });
    expect(screen.getByText(t.text('timeline.none'))).toBeTruthy();
    expect(screen.queryByText(t.text('timeline.loading'))).toBeNull();
  });

  it('lists what happened, each with where it was learned', async () => {
    await open({
      'history.events': [event(), event({ toPhase: 'done', source: 'read' })],
      'history.search': page(sample()),
    });
    const [first, second] = screen.getAllByRole('listitem');
    expect(first?.textContent).toContain(t.text('timeline.source.list', { service }));
    expect(second?.textContent).toContain(t.text('timeline.source.read', { service }));
  });

  it('shows the words of the service on a failure', async () => {
    await open({}, sample({ phase: 'failed', failure: 'no captions' }));
    expect(screen.getByText('no captions')).toBeTruthy();
  });

  it('says that the service does not list it any more', async () => {
    await open({}, sample({ gone: true }));
    expect(screen.getByText(t.text('line.gone', { service }))).toBeTruthy();
  });

  it('opens its result', async () => {
    const rendered = await open({ 'result.open': { opened: false } }, sample({ hasResult: true }));
    await rendered.user.click(button(t.text('line.open')));
    expect(rendered.requests('result.open')).toEqual([{ jobId: 'a1/execution/exc_1' }]);
    expect(snackbar()).toBe(t.text('line.notOpened'));
  });

  it('offers nothing that needs a key once its account was removed', async () => {
    await open({}, sample({ hasResult: true }), sampleAppState());
    expect(screen.getByText(t.text('line.accountGone'))).toBeTruthy();
    expect(buttonOrNull(t.text('line.open'))).toBeNull();
    expect(buttonOrNull(t.text('execution.details'))).toBeNull();
  });

  it('leads to everything that the service tells of an execution', async () => {
    const rendered = await open();
    await rendered.user.click(button(t.text('execution.details')));
    expect(rendered.window.get().dialog).toEqual({
      kind: 'execution',
      jobId: 'a1/execution/exc_1',
      accountId: 'x1',
      title: 'The harbour',
    });
  });

  it('follows the job while it is open', async () => {
    const running = sample({ phase: 'running', endedAtMs: null });
    const rendered = await open(
      { 'history.events': [event()], 'history.search': page(running) },
      running,
    );
    expect(screen.getAllByText(t.text('stage.running')).length).toBeGreaterThan(0);
    await rendered.answer('history.search', page(sample()));
    await rendered.answer('history.events', [event(), event({ toPhase: 'done' })]);
    const line = sampleExecutionLine({ accountId: 'x1', active: false, changedAtMs: 9 });
    await rendered.setState(sampleAppState({ accounts, lines: [line] }));
    expect(screen.queryByText(t.text('stage.running'), { selector: 'strong' })).toBeNull();
  });
});

describe('the question before the history is shortened', () => {
  it('deletes nothing on Enter: the harmless answer has the focus', async () => {
    const rendered = await openDialog({ kind: 'shorten-history', days: 30 });
    await rendered.user.keyboard('{Enter}');
    expect(screen.queryByRole('alertdialog')).toBeNull();
    expect(rendered.requests('settings.change')).toEqual([]);
  });

  it('keeps jobs for as many days as it says', async () => {
    const rendered = await openDialog({ kind: 'shorten-history', days: 30 });
    expect(screen.getByRole('alertdialog', { name: t.text('shortenHistory.title', { days: 30 }) }));
    await rendered.user.click(button(t.text('shortenHistory.confirm')));
    expect(rendered.requests('settings.change')).toEqual([{ historyDays: 30 }]);
  });
});
