import { fireEvent, screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { AppState, ClipLine, UploadView } from '../../../preload/contract';
import type { WindowState } from '../../../renderer/src/state/window-state';
import { JobsView } from '../../../renderer/src/views/jobs/jobs-view';
import {
  sampleAccountView,
  sampleAppState,
  sampleClippingAccountView,
} from '../../builders/app-state';
import {
  sampleCandidate,
  sampleExecutionLine,
  sampleLine,
  sampleRender,
  sampleUploadView,
} from '../../builders/clip-line';
import type { Answers } from '../fake-main';
import { button, buttonOrNull, pickFromMenu, renderInWindow, snackbar, t } from '../render';

// happy-dom has no layout: scrolling, the rows that are added on the way, and dragging are left to
// test/e2e.

const accounts = [sampleAccountView(), sampleClippingAccountView()];
const show = (
  state: AppState = sampleAppState({ accounts }),
  answers: Answers = {},
  window: Partial<WindowState> = {},
) => renderInWindow(<JobsView />, { state, answers, window });
const showLine = (line: ClipLine, answers: Answers = {}, isExpanded = false) =>
  show(sampleAppState({ accounts, lines: [line] }), answers, {
    expanded: new Set(isExpanded ? [line.id] : []),
  });
const heading = (name: string) => screen.queryByRole('heading', { name });
const uploading = (upload: Partial<UploadView>, changes: Partial<ClipLine> = {}) =>
  sampleLine({ stage: 'uploading', clipId: null, upload: sampleUploadView(upload), ...changes });

describe('the jobs of a new user', () => {
  it('say what Cliptray does, and lead to the one step that starts it', async () => {
    const rendered = await show(sampleAppState());
    expect(heading(t.text('jobs.welcome.title'))).toBeTruthy();
    await rendered.user.click(button(t.text('accounts.add')));
    expect(rendered.window.get().dialog).toEqual({ kind: 'add-account', service: null });
  });
});

describe('the jobs without any work', () => {
  it('offer both an upload and an execution where there are accounts for both', async () => {
    await show();
    expect(heading(t.text('jobs.empty.title'))).toBeTruthy();
    expect(button(t.text('upload.button'))).toBeTruthy();
    expect(button(t.text('upload.import'))).toBeTruthy();
    expect(button(t.text('start.open'))).toBeTruthy();
  });

  it('offer no upload where no account takes one', async () => {
    await show(sampleAppState({ accounts: [sampleClippingAccountView()] }));
    expect(buttonOrNull(t.text('upload.button'))).toBeNull();
    expect(screen.queryByText(t.text('jobs.empty.drop'))).toBeNull();
    expect(button(t.text('start.open'))).toBeTruthy();
  });

  it('ask for files of the only account that takes them', async () => {
    const rendered = await show();
    await rendered.user.click(button(t.text('upload.button')));
    expect(rendered.requests('uploads.choose')).toEqual([
      { accountId: 'a1', brandId: null, what: 'files' },
    ]);
  });
});

describe('the list of jobs', () => {
  const done = sampleLine({ id: 'l1', title: 'boat.mp4', stage: 'done' });
  const failed = sampleLine({ id: 'l2', title: 'harbour.mp4', stage: 'failed' });
  const both = sampleAppState({ accounts, lines: [done, failed] });

  it('shows every line, with the name of its account', async () => {
    await show(both);
    const rows = screen.getAllByRole('row');
    expect(rows).toHaveLength(2);
    expect(rows[0]?.textContent).toContain('Work');
  });

  it('shows what needs attention alone, and counts it', async () => {
    const rendered = await show(both);
    const filter = screen.getByRole('radio', {
      name: (name) => name.startsWith(t.text('jobs.filter.attention')),
    });
    await rendered.user.click(filter);
    expect(screen.getAllByRole('row').map((row) => row.textContent)).toEqual([
      expect.stringContaining('harbour.mp4'),
    ]);
  });

  it('does not look empty when nothing matches, and can be shown again', async () => {
    const rendered = await show(both, {}, { query: 'zebra' });
    expect(heading(t.text('jobs.noMatch.title'))).toBeTruthy();
    await rendered.user.click(button(t.text('jobs.noMatch.clear')));
    expect(screen.getAllByRole('row')).toHaveLength(2);
  });

  it('keeps the name of a line whose account was removed readable', async () => {
    await show(sampleAppState({ lines: [done] }));
    expect(screen.getByRole('row').textContent).toContain(t.text('line.accountGone'));
  });

  it('asks the services at once, and says so', async () => {
    const rendered = await show(both);
    await rendered.user.click(button(t.text('jobs.checkNow')));
    expect(rendered.requests('watch.pollNow')).toHaveLength(1);
    expect(snackbar()).toBe(t.text('jobs.checkNow.done'));
  });

  it('moves an upload with Alt and an arrow key, and says its new position', async () => {
    const lines = [
      uploading({ id: 'u1', queuePosition: 0 }, { id: 'l1', title: 'first.mp4' }),
      uploading({ id: 'u2', queuePosition: 1 }, { id: 'l2', title: 'second.mp4' }),
    ];
    const rendered = await show(sampleAppState({ accounts, lines, totals: { unfinished: 2 } }), {
      'upload.move': null,
    });
    const row = screen.getByRole('row', { name: 'second.mp4' });
    fireEvent.keyDown(row, { key: 'ArrowUp', altKey: true });
    expect(rendered.requests('upload.move')).toEqual([{ uploadId: 'u2', to: 'earlier' }]);
    expect(await screen.findByText(t.text('queue.moved', { title: 'second.mp4', place: 1 })));
  });
});

describe('a line', () => {
  it('opens its result', async () => {
    const rendered = await showLine(sampleLine({ stage: 'done', resultJobId: 'r1' }));
    await rendered.user.click(button(t.text('line.open.of', { title: 'podcast.mp4' })));
    expect(rendered.requests('result.open')).toEqual([{ jobId: 'r1' }]);
  });

  it('counts as seen once its result was opened', async () => {
    const line = sampleLine({ stage: 'done', resultJobId: 'r1', jobIds: ['r1'], unseen: true });
    const rendered = await showLine(line);
    expect(screen.getByText(t.text('line.new'))).toBeTruthy();
    await rendered.user.click(button(t.text('line.open.of', { title: 'podcast.mp4' })));
    expect(rendered.requests('line.markSeen')).toEqual([{ lineId: 'l1' }]);
  });

  it('says so when the link of its result is not copied', async () => {
    const rendered = await showLine(sampleLine({ stage: 'done', resultJobId: 'r1' }), {
      'result.copyLink': { copied: false },
    });
    await rendered.user.click(button(t.text('line.copyLink')));
    expect(snackbar()).toBe(t.text('line.notCopied'));
  });

  it('pauses and cancels an upload that is being sent, and asks before it cancels', async () => {
    const rendered = await showLine(uploading({ state: 'sending' }));
    await rendered.user.click(button(t.text('line.pause')));
    expect(rendered.requests('upload.pause')).toEqual([{ uploadId: 'u1' }]);
    await rendered.user.click(button(t.text('line.cancel')));
    expect(rendered.requests('upload.cancel')).toEqual([]);
    expect(rendered.window.get().dialog).toEqual({ kind: 'cancel-upload', uploadId: 'u1' });
  });

  it('resumes a paused upload, and tries a failed one again', async () => {
    const title = 'podcast.mp4';
    const rendered = await showLine(uploading({ state: 'paused', queuePosition: null }));
    await rendered.user.click(button(t.text('line.resume.of', { title })));
    expect(rendered.requests('upload.resume')).toEqual([{ uploadId: 'u1' }]);
    const stopped = uploading({ state: 'failed', problem: 'file-changed', queuePosition: null });
    await rendered.setState(sampleAppState({ accounts, lines: [stopped] }));
    expect(screen.getByText(t.text('problem.file-changed'), { exact: false })).toBeTruthy();
    await rendered.user.click(button(t.text('line.retry.of', { title })));
    expect(rendered.requests('upload.retry')).toEqual([{ uploadId: 'u1' }]);
  });

  it('offers nothing that cannot be taken back while the upload is being finished', async () => {
    await showLine(uploading({ state: 'finishing' }));
    expect(buttonOrNull(t.text('line.pause'))).toBeNull();
    expect(buttonOrNull(t.text('line.cancel'))).toBeNull();
  });

  it('offers no move to where the upload is already', async () => {
    const rendered = await show(
      sampleAppState({
        accounts,
        lines: [uploading({ queuePosition: 0 })],
        totals: { unfinished: 2 },
      }),
    );
    await rendered.user.click(button(t.text('line.more', { title: 'podcast.mp4' })));
    const first = await screen.findByRole('menuitem', { name: t.text('queue.first') });
    expect(first.getAttribute('aria-disabled')).toBe('true');
  });

  it('leads to the log of its upload', async () => {
    const rendered = await showLine(uploading({ state: 'sending' }));
    await pickFromMenu(rendered, t.text('line.more', { title: 'podcast.mp4' }), t.text('line.log'));
    expect(rendered.window.get().dialog).toMatchObject({ kind: 'upload-log', uploadId: 'u1' });
  });

  it('says that it ended because the balance was used up, not just that it failed', async () => {
    await showLine(sampleLine({ stage: 'failed', outOfBalance: true }), {}, true);
    const service = sampleAppState().services.autoposting?.name ?? '';
    expect(screen.getByText(t.text('line.outOfBalance'))).toBeTruthy();
    expect(
      screen.getByText(new RegExp(t.text('line.outOfBalance.help', { service }).slice(0, 40))),
    ).toBeTruthy();
  });

  it('says that it waits for a file whose drive went away, and is no failure', async () => {
    await showLine(uploading({ state: 'queued', problem: 'file-missing' }));
    expect(screen.getByText(t.text('line.waitsForFile'))).toBeTruthy();
    expect(screen.queryByText(t.text('problem.file-missing'))).toBeNull();
  });

  it.each(['not-json', 'malformed', 'unexpected-shape', 'too-large'] as const)(
    'says after %s what may stand in between, that the upload goes on, and what is kept',
    async (problem) => {
      await showLine(uploading({ state: 'sending', problem }), {}, true);
      const help = t.text('upload.waitsForWay.help');
      expect(screen.getByText(new RegExp(help.slice(0, 40)))).toBeTruthy();
      expect(screen.queryByText(t.text(`problem.${problem}.help`, { service: 'x' }))).toBeNull();
    },
  );
  it('says that it waits for a file that is still written, and that nothing has to be done', async () => {
    await showLine(uploading({ state: 'queued', problem: 'file-being-written' }));
    expect(screen.getByText(t.text('line.waitsUntilWritten'))).toBeTruthy();
    expect(screen.getByText(t.text('line.waitsUntilWritten.help'), { exact: false })).toBeTruthy();
    expect(screen.queryByText(t.text('problem.file-being-written'))).toBeNull();
  });

  it('offers to send a file again that was changed after it was sent', async () => {
    const name = t.text('line.sendAgain.of', { title: 'podcast.mp4' });
    const upload = { state: 'sent', problem: 'file-changed-since' } as const;
    const answer = { addedCount: 1, refused: [], skippedCount: 0 };
    const rendered = await showLine(uploading(upload), { 'upload.sendAgain': answer });
    expect(screen.getByText(t.text('problem.file-changed-since'))).toBeTruthy();
    await rendered.user.click(button(name));
    expect(rendered.requests('upload.sendAgain')).toHaveLength(1);
  });

  it('offers nothing of the kind while the file is as it was sent', async () => {
    await showLine(uploading({ state: 'sent', problem: null }));
    const name = t.text('line.sendAgain.of', { title: 'podcast.mp4' });
    expect(screen.queryByRole('button', { name })).toBeNull();
  });

  it('shows the service’s own word for a status that nobody knows', async () => {
    await showLine(sampleLine({ stage: 'unknown', remoteStatus: 'Transmuting' }));
    expect(screen.getByText(t.text('line.unknownStatus', { word: 'Transmuting' }))).toBeTruthy();
  });

  it('opens everything that is told of an execution', async () => {
    const rendered = await showLine(sampleExecutionLine({ accountId: 'x1' }));
    await rendered.user.click(button(t.text('execution.details.of', { title: 'Transcript' })));
    expect(rendered.window.get().dialog).toMatchObject({ kind: 'execution', jobId: 'j1' });
  });

  it('shows its parts when its row is pressed, and looks at it', async () => {
    const rendered = await showLine(sampleLine({ candidates: [sampleCandidate()] }));
    await rendered.user.click(button(t.text('line.choose.of', { title: 'podcast.mp4' })));
    expect(screen.getByText('The best part')).toBeTruthy();
    expect(rendered.requests('line.markSeen')).toEqual([{ lineId: 'l1' }]);
  });
});

describe('the parts of an expanded line', () => {
  const part = t.text('render.button.of', { title: 'The best part' });
  const expanded = (candidates = [sampleCandidate()], answers: Answers = {}) =>
    showLine(sampleLine({ candidates }), answers, true);

  it('are rendered once however often it is pressed', async () => {
    const rendered = await expanded();
    await rendered.user.click(button(part));
    await rendered.user.click(button(part));
    expect(rendered.requests('render.submit')).toEqual([
      {
        accountId: 'a1',
        clipId: 'c1',
        editRevision: null,
        candidateIds: ['k1'],
        template: null,
        captions: null,
      },
    ]);
  });

  it('are not offered again while a render is under way: it would be paid for twice', async () => {
    await expanded([sampleCandidate({ render: sampleRender({ phase: 'running' }) })]);
    expect(buttonOrNull(part)).toBeNull();
    expect(buttonOrNull(t.text('render.again.of', { title: 'The best part' }))).toBeNull();
  });

  it('can be rendered again after a failure, whose reason is shown', async () => {
    const render = sampleRender({ phase: 'failed', hasResult: false, failure: 'no audio' });
    await expanded([sampleCandidate({ render })]);
    expect(screen.getByText(t.text('line.quote', { text: 'no audio' }))).toBeTruthy();
    expect(button(t.text('render.again.of', { title: 'The best part' }))).toBeTruthy();
  });

  it('say that a render may have started when no clear answer came', async () => {
    const rendered = await expanded([sampleCandidate()], {
      'render.submit': [{ outcome: 'unsure', problem: 'timed-out' }],
    });
    await rendered.user.click(button(part));
    expect(screen.getByRole('alert').textContent).toContain(
      t.text('render.unsure', { service: 'Autoposting' }),
    );
  });

  it('say that nothing was rendered for lack of credit', async () => {
    const rendered = await expanded([sampleCandidate()], {
      'render.submit': [{ outcome: 'refused', problem: 'no-credit', remoteText: '0 left' }],
    });
    await rendered.user.click(button(part));
    const alert = screen.getByRole('alert');
    expect(alert.textContent).toContain(t.text('render.refused'));
    expect(within(alert).getByText('0 left')).toBeTruthy();
  });

  it('lead from a finished render to a draft and a post of it', async () => {
    const rendered = await expanded([sampleCandidate({ render: sampleRender() })]);
    await pickFromMenu(
      rendered,
      t.text('result.more', { title: 'The best part' }),
      t.text('publish.open'),
    );
    expect(rendered.window.get().dialog).toMatchObject({
      kind: 'publish',
      subject: { jobId: 'r1', candidateId: 'k1' },
    });
  });
});
