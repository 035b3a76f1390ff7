import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { DownloadView } from '../../../preload/contract';
import { DownloadNote } from '../../../renderer/src/views/results/download-note';
import { sampleAppState } from '../../builders/app-state';
import { sampleDownloadView } from '../../builders/download';
import type { Answers } from '../fake-main';
import { button, buttonOrNull, openDialog, renderInWindow, snackbar, t } from '../render';

describe('the dialog of a downloaded file', () => {
  const done = sampleDownloadView({ state: 'done', fileName: 'boat.mp4', sha256Hex: 'ab12' });
  const open = (download: DownloadView | null, answers: Answers = {}) =>
    openDialog(
      { kind: 'download', jobId: 'r1' },
      { state: sampleAppState({ downloads: download ? [download] : [] }), answers },
    );

  it('shows the name and the fingerprint of the file', async () => {
    await open(done);
    expect(screen.getByText('boat.mp4')).toBeTruthy();
    expect(screen.getByText('ab12')).toBeTruthy();
  });

  it('makes marks visible that could pass a program off as a video', async () => {
    await open({ ...done, fileName: 'boat\u202egpm.exe' });
    expect(screen.getByText('boat\ufffdgpm.exe')).toBeTruthy();
  });

  it('says that the file is gone where nothing is known of it', async () => {
    await open(null);
    expect(screen.getByText(t.text('download.fileGone'))).toBeTruthy();
    expect(buttonOrNull(t.text('download.show'))).toBeNull();
  });

  it('says so when the file cannot be shown any more', async () => {
    const rendered = await open(done, { 'result.showFile': { shown: false } });
    await rendered.user.click(button(t.text('download.show')));
    expect(snackbar()).toBe(t.text('download.fileGone'));
  });
});

describe('a download beside its result', () => {
  const show = (download: DownloadView | null, answers: Answers = {}) =>
    renderInWindow(<DownloadNote jobId="r1" title="The boat" />, {
      state: sampleAppState({ downloads: download ? [download] : [] }),
      answers,
    });

  it('is not there before anybody asked for one', async () => {
    await show(null);
    expect(screen.queryByRole('progressbar')).toBeNull();
  });

  it('shows how far it is, and can be cancelled', async () => {
    const rendered = await show(sampleDownloadView());
    expect(
      screen
        .getByRole('progressbar', { name: t.text('download.progress', { title: 'The boat' }) })
        .getAttribute('aria-valuenow'),
    ).toBe('50');
    await rendered.user.click(button(t.text('download.cancel.of', { title: 'The boat' })));
    expect(rendered.requests('result.cancelDownload')).toEqual([{ jobId: 'r1' }]);
  });

  it('says that it waits for its turn, or for the network', async () => {
    const rendered = await show(sampleDownloadView({ state: 'paused' }));
    expect(screen.getByText(t.text('download.waiting'))).toBeTruthy();
    const waiting = sampleDownloadView({ state: 'paused', problem: 'unreachable' });
    await rendered.setState(sampleAppState({ downloads: [waiting] }));
    expect(screen.getByText(t.text('download.paused'))).toBeTruthy();
  });

  it('says why it stopped, and tries again on request', async () => {
    const rendered = await show(sampleDownloadView({ state: 'failed', problem: 'disk-full' }), {
      'result.download': { started: false },
    });
    expect(screen.getByRole('alert').textContent).toBe(t.text('download.problem.disk-full'));
    await rendered.user.click(button(t.text('download.again')));
    expect(rendered.requests('result.download')).toEqual([{ jobId: 'r1' }]);
    expect(snackbar()).toBe(t.text('download.notStarted'));
  });

  it('says under which name it was saved', async () => {
    await show(sampleDownloadView({ state: 'done', fileName: 'boat.mp4' }));
    expect(screen.getByText(t.text('download.done', { name: 'boat.mp4' }))).toBeTruthy();
    expect(screen.queryByRole('progressbar')).toBeNull();
  });
});
