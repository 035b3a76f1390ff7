import { describe, expect, it } from 'vitest';
import { downloadView } from '../../../main/app-state/download-view';
import type { Download, DownloadActivity } from '../../../main/domain/download';

const download: Download = {
  jobId: 'a1/render/j1',
  state: 'under-way',
  folder: '/home/ana/Downloads',
  path: null,
  sizeBytes: null,
  sha256Hex: null,
  problem: null,
  begunAtMs: 1,
};
const done: Download = {
  ...download,
  state: 'done',
  path: '/home/ana/Downloads/The boat.mp4',
  sizeBytes: 100,
  sha256Hex: 'ab',
};
const running: DownloadActivity = {
  state: 'running',
  receivedBytes: 40,
  sizeBytes: 100,
  bytesPerSecond: 10,
  problem: null,
};
/** What windows show before anything has happened. */
const idle = {
  jobId: download.jobId,
  state: 'paused',
  fileName: null,
  receivedBytes: 0,
  sizeBytes: null,
  bytesPerSecond: null,
  sha256Hex: null,
  problem: null,
};

describe('the view of a download', () => {
  it('is paused while it waits for its turn', () => {
    expect(downloadView(download, null)).toEqual(idle);
  });

  it('shows size and speed while it is running', () => {
    expect(downloadView(download, running)).toEqual({ ...idle, ...running });
  });

  it('says which problem it waits for when its host is away', () => {
    const waiting: DownloadActivity = {
      state: 'paused',
      receivedBytes: 0,
      sizeBytes: null,
      bytesPerSecond: null,
      problem: 'unreachable',
    };
    expect(downloadView(download, waiting)).toEqual({ ...idle, problem: 'unreachable' });
  });

  it('has the name of the complete file but not its folder, which is private', () => {
    const view = {
      ...idle,
      state: 'done',
      fileName: 'The boat.mp4',
      receivedBytes: 100,
      sizeBytes: 100,
      sha256Hex: 'ab',
    };
    expect(downloadView(done, null)).toEqual(view);
    expect(JSON.stringify(view)).not.toContain('ana');
  });

  it('says why it failed', () => {
    expect(downloadView({ ...download, state: 'failed', problem: 'disk-full' }, null)).toEqual({
      ...idle,
      state: 'failed',
      problem: 'disk-full',
    });
  });

  it('is not shown as running once it has ended, even if the queue has not reported that yet', () => {
    expect(downloadView(done, running)?.state).toBe('done');
  });

  it('is gone after the download was cancelled', () => {
    expect(downloadView(null, null)).toBeNull();
    expect(downloadView(null, running)).toBeNull();
  });
});
