import { afterEach, expect, it, vi } from 'vitest';
import { createChangeFeed } from '../../../main/events';
import { createRetention } from '../../../main/history/retention';
import { recordingLogger } from '../../builders/logger';
import { FakeClock } from '../polling/fakes';

const DAY_MS = 24 * 60 * 60_000;

function setting(initialDays: number | null, batches: boolean[] = []) {
  const clock = new FakeClock();
  const feed = createChangeFeed({ error: vi.fn() });
  const deletions: number[] = [];
  const logDeletions: number[] = [];
  let days = initialDays;
  const { logger, lines } = recordingLogger();
  const retention = createRetention({
    history: {
      deleteEndedBefore(beforeMs) {
        deletions.push((clock.nowMs() - beforeMs) / DAY_MS);
        return batches.shift() ?? false;
      },
    },
    uploads: {
      deleteLogsEndedBefore: (beforeMs) =>
        void logDeletions.push((clock.nowMs() - beforeMs) / DAY_MS),
    },
    historyDays: () => days,
    feed,
    clock,
    logger,
  });
  function choose(historyDays: number | null) {
    days = historyDays;
    feed.emit('settings', { changes: { historyDays } });
  }
  return { clock, feed, deletions, logDeletions, lines, retention, choose };
}

afterEach(() => vi.restoreAllMocks());

it('deletes at the start and once a day, in steps until nothing old is left', async () => {
  const { clock, deletions, retention } = setting(30, [true, true]);
  retention.start();
  await clock.advance(1000);
  expect(deletions).toEqual([30, 30, 30]);
  await clock.advance(2 * DAY_MS);
  expect(deletions).toHaveLength(5);
});

it('deletes nothing while the user keeps everything, and at once when that changes', async () => {
  const { clock, feed, deletions, retention, choose } = setting(null);
  retention.start();
  await clock.advance(3 * DAY_MS);
  expect(deletions).toEqual([]);
  choose(7);
  expect(deletions).toEqual([7]);
  feed.emit('settings', { changes: { theme: 'dark' } });
  expect(deletions).toHaveLength(1);
  // Only one timer, however often it ran.
  await clock.advance(DAY_MS);
  expect(deletions).toHaveLength(2);
  retention.close();
  choose(3);
  await clock.advance(5 * DAY_MS);
  expect(deletions).toHaveLength(2);
});

it('deletes the logs of uploads after 90 days, however long jobs are kept', async () => {
  const { clock, logDeletions, retention } = setting(null);
  retention.start();
  await clock.advance(DAY_MS);
  expect(logDeletions).toEqual([90, 90]);
});

it('tries again the next day when the database fails', async () => {
  const { clock, deletions, lines, retention } = setting(30);
  vi.spyOn(deletions, 'push').mockImplementationOnce(() => {
    throw new Error('disk full');
  });
  retention.start();
  expect(lines).toMatchObject([{ level: 'error', message: 'history not deleted' }]);
  await clock.advance(DAY_MS);
  expect(deletions).toEqual([30]);
});
