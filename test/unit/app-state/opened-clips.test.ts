import { expect, it } from 'vitest';
import { createOpenedClips } from '../../../main/app-state/opened-clips';
import type { Job } from '../../../main/domain/job';
import { createChangeFeed } from '../../../main/events';

const job = (clipId: string) => ({ id: `a1/processing/${clipId}` }) as Job;
const ids = (jobs: Job[]) => jobs.map(({ id }) => id);

function opened() {
  const feed = createChangeFeed({ error: () => {} });
  let changes = 0;
  feed.on('openedClips', () => {
    changes += 1;
  });
  const clips = createOpenedClips({ feed, jobsOfClip: (_accountId, clipId) => [job(clipId)] });
  return { clips, changes: () => changes };
}

it('adds the jobs of an opened clip to the list once, and says that the list has changed', () => {
  const { clips, changes } = opened();
  expect(ids(clips.addJobs([job('new')]))).toEqual(ids([job('new')]));
  clips.add('a1', 'old');
  expect(changes()).toBe(1);
  expect(ids(clips.addJobs([job('new')]))).toEqual(ids([job('new'), job('old')]));
  expect(ids(clips.addJobs([job('old')]))).toEqual(ids([job('old')]));
});

it('keeps the 50 clips that were opened last, or the list would grow for as long as the app runs', () => {
  const { clips } = opened();
  for (let number = 0; number < 51; number += 1) clips.add('a1', `c${number}`);
  clips.add('a1', 'c1');
  const kept = ids(clips.addJobs([]));
  expect(kept).toHaveLength(50);
  expect(kept).not.toContain(job('c0').id);
  expect(kept.at(-1)).toBe(job('c1').id);
});
