import type { Job } from '../domain/job';
import type { ChangeFeed } from '../events';

/** How many of the clips that the user opened last stay in the list, however old they are. */
const MAX_OPENED = 50;

export interface OpenedClipsDeps {
  feed: Pick<ChangeFeed, 'emit'>;
  jobsOfClip: (accountId: string, clipId: string) => Job[];
}

/** Remembers which clips the user has opened, so that windows show them even when they are old. */
export function createOpenedClips({ feed, jobsOfClip }: OpenedClipsDeps) {
  const opened = new Map<string, { accountId: string; clipId: string }>();
  return {
    /** The user has opened a clip. Emits `openedClips`. */
    add(accountId: string, clipId: string): void {
      const key = `${accountId}/${clipId}`;
      opened.delete(key);
      opened.set(key, { accountId, clipId });
      for (const old of [...opened.keys()].slice(0, -MAX_OPENED)) opened.delete(old);
      feed.emit('openedClips', null);
    },
    /** The given jobs, and the jobs of opened clips that are not among them. */
    addJobs(jobs: Job[]): Job[] {
      if (opened.size === 0) return jobs;
      const known = new Set(jobs.map(({ id }) => id));
      const more = [...opened.values()].flatMap(({ accountId, clipId }) =>
        jobsOfClip(accountId, clipId),
      );
      return [...jobs, ...more.filter(({ id }) => !known.has(id))];
    },
  };
}
