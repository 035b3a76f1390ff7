import type { Account } from '../../../main/domain/account';
import type { Job, JobObservation } from '../../../main/domain/job';
import { isActive, isTerminal } from '../../../main/domain/job';
import { NOTIFY_EVERYTHING } from '../../../main/domain/notification-rules';
import type { ServiceConnection, ServiceModule } from '../../../main/domain/service';
import { createChangeFeed } from '../../../main/events';
import { createPollingService } from '../../../main/polling/polling-service';
import type { PaceRule } from '../../../main/polling/request-budget';
import { seededRandom } from '../../simulator/random';
import type { Week, WeekJob } from './week';
import { WeekClock } from './week-clock';

const account: Account = {
  id: 'week',
  service: 'week',
  name: 'Week',
  keyHeader: 'bearer',
  keyLocation: 'session',
  brands: [],
  brandId: null,
  addedAtMs: 0,
  pace: 'balanced',
  notificationRules: NOTIFY_EVERYTHING,
};

/** Like Autoposting: its list shows active and ended work, with the start but not the end. */
const service: ServiceModule = {
  id: 'week',
  name: 'Week',
  baseUrl: 'http://127.0.0.1',
  baseUrlVariable: 'UNUSED',
  keyHeaders: ['bearer'],
  keyPage: null,
  balancePage: null,
  acceptsUploads: false,
  listShows: ['processing'],
  kinds: ['processing'],
  idleIntervalMs: 300_000,
  coinsPerPoll: null,
  signIn: null,
  realtime: null,
  connect: () => {
    throw new Error('The simulated week has a connection of its own.');
  },
};

function observed(job: WeekJob, nowMs: number): JobObservation {
  const hasEnded = job.endMs <= nowMs;
  return {
    kind: 'processing',
    remoteId: job.id,
    clipId: job.id,
    title: null,
    phase: hasEnded ? 'done' : 'running',
    remoteStatus: hasEnded ? 'ready' : 'processing',
    createdAtMs: job.startMs,
    endedAtMs: null,
    resultUrl: null,
    failure: null,
    estimatedDurationMs: null,
    candidateId: null,
    clip: { candidates: [], editRevision: null, durationMs: null },
    revisionMark: null,
  };
}

/** When the app's own polling service sends its requests; it begins the week without any experience. */
export async function ourRequestTimes(
  week: Week,
  rule: PaceRule,
  seed: number,
  coinsPerPoll: number | null = null,
): Promise<number[]> {
  const clock = new WeekClock(week.startMs);
  const times: number[] = [];
  const jobs = new Map<string, Job>();
  // Started at the service, and not yet seen to have ended: only about these could a list say
  // anything new.
  const open = new Set<WeekJob>();
  const logger = {
    info() {},
    warn() {},
    error: (message: string, fields?: object) => console.error(message, fields),
  };
  const feed = createChangeFeed(logger);
  const polling = createPollingService({
    store: {
      active: () => [...jobs.values()].filter(isActive),
      get: (id) => jobs.get(id) ?? null,
      commit(changes) {
        for (const job of changes.jobs) jobs.set(job.id, job);
      },
      isUnreadable: () => false,
      deletedBeforeMs: () => 0,
      durations: () => [],
      arrivals: () => [],
      saveArrivals: () => {},
    },
    clock,
    feed,
    random: seededRandom(seed),
    logger,
    rateLimits: () => null,
    paceRules: { saving: rule, balanced: rule, close: rule },
  });
  const connection: Pick<ServiceConnection, 'list' | 'read'> = {
    async list() {
      const nowMs = clock.nowMs();
      times.push(nowMs);
      const observations = [...open].map((job) => observed(job, nowMs));
      for (const job of open) if (job.endMs <= nowMs) open.delete(job);
      return { observations, covers: null };
    },
    read: () => Promise.reject(new Error('Everything is in the list.')),
  };
  polling.start(account, { ...service, coinsPerPoll }, connection as ServiceConnection);

  const starts = week.jobs.map((job) => ({ atMs: job.startMs, job, sleep: null }));
  const sleeps = week.sleeps.map((sleep) => ({ atMs: sleep.fromMs, job: null, sleep }));
  for (const { atMs, job, sleep } of [...starts, ...sleeps].sort((a, b) => a.atMs - b.atMs)) {
    // Work that was started elsewhere during a sleep.
    if (atMs >= clock.nowMs()) await clock.run(atMs);
    if (job) open.add(job);
    if (job?.isOwn) {
      const started = observed(job, Math.min(clock.nowMs(), job.startMs));
      polling.account(account.id)?.adopt([started]);
    }
    if (sleep) {
      clock.sleep(sleep.untilMs);
      feed.emit('connectivity', { kind: 'resumed', cause: 'wake' });
    }
  }
  await clock.run(week.endMs);
  polling.close();
  const unseen = [...jobs.values()].filter((job) => !isTerminal(job.phase)).length;
  if (unseen > open.size) throw new Error(`The ends of ${unseen} jobs were never seen.`);
  return times;
}
