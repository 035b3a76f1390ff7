import { describe, expect, it } from 'vitest';
import type { ArrivalCount } from '../../../main/domain/duration-statistics';
import { ArrivalRate, hourOfWeek } from '../../../main/polling/arrival-rate';
import { DetectionDelay } from '../../../main/polling/detection-delay';
import { DurationModel, durationSample } from '../../../main/polling/duration-model';
import { durationMs } from '../../../main/polling/job-duration';
import { likelyEndMs } from '../../../main/polling/job-time-left';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const NOW_MS = 1_800_000_000_000;

const render = { kind: 'render' as const, estimatedDurationMs: null };

/** The model after jobs that took this long. */
function modelOf(...tookMs: number[]): DurationModel {
  const durations = new DurationModel([]);
  for (const took of tookMs) durations.add(durationSample('s', render, took));
  return durations;
}

const many = (count: number, tookMs: number) => Array.from({ length: count }, () => tookMs);
const distributionOf = (durations: DurationModel) => durations.distributionOf('s', 'render', null);

describe('what past jobs say about the next', () => {
  it('outweighs the prior after a handful of them', () => {
    const { survival } = distributionOf(modelOf(...many(20, 10 * MINUTE_MS)));
    expect(survival.alive(5 * MINUTE_MS)).toBeGreaterThan(0.8);
    expect(survival.alive(15 * MINUTE_MS)).toBeLessThan(0.25);
  });

  it('is forgotten when a service has become faster', () => {
    const { survival } = distributionOf(
      modelOf(...many(300, 20 * MINUTE_MS), ...many(300, MINUTE_MS)),
    );
    expect(survival.alive(3 * MINUTE_MS)).toBeLessThan(0.3);
  });

  it('comes back from the store as it was', () => {
    const samples = [30, 60, 90, 600].map((s) => durationSample('s', render, s * SECOND_MS));
    const durations = new DurationModel(samples.map((sample) => ({ ...sample, weight: 1 })));
    const fresh = modelOf(...[30, 60, 90, 600].map((s) => s * SECOND_MS));
    const share = (of: DurationModel) => distributionOf(of).survival.alive(75 * SECOND_MS);
    expect(share(durations)).toBeCloseTo(share(fresh), 1);
  });

  it('is kept apart by kind and by service: executions say nothing about renders', () => {
    const durations = modelOf(...many(50, 10 * SECOND_MS));
    const { samples } = durations.distributionOf('s', 'execution', null);
    expect(samples).toBe(0);
    expect(durations.distributionOf('other', 'render', null).samples).toBe(0);
  });

  it('makes sense at every age: survival falls, and the expected time grows', () => {
    const { survival } = distributionOf(modelOf(10, 3 * DAY_MS, ...many(5, 2 * MINUTE_MS)));
    let before = { alive: 1, lived: 0, twice: 0 };
    for (let age = 0; age < 4 * DAY_MS; age = age * 1.07 + 50) {
      const now = {
        alive: survival.alive(age),
        lived: survival.lived(age),
        twice: survival.livedTwice(age),
      };
      expect(now.alive).toBeGreaterThan(0);
      expect(now.alive).toBeLessThanOrEqual(before.alive);
      expect(now.lived).toBeGreaterThanOrEqual(before.lived);
      expect(now.twice).toBeGreaterThanOrEqual(before.twice);
      before = now;
    }
  });

  it('is consistent with its integral, from which waits are worked out', () => {
    const { survival } = distributionOf(modelOf(...many(9, 3 * MINUTE_MS)));
    const stepMs = 100;
    let lived = 0;
    for (let age = 0; age < 10 * MINUTE_MS; age += stepMs) {
      lived += survival.alive(age + stepMs / 2) * stepMs;
    }
    expect(survival.lived(10 * MINUTE_MS) / lived).toBeCloseTo(1, 3);
  });
});

describe('when a request is worth its price', () => {
  const jobWaitMs = (durations: DurationModel, ageMs: number, priceMs = 500) => {
    const delay = new DetectionDelay();
    delay.addJob(distributionOf(durations), NOW_MS - ageMs, NOW_MS);
    return delay.whenReaches(priceMs, NOW_MS + 2000, NOW_MS + HOUR_MS) - NOW_MS;
  };

  it('is late for a young job of a kind that takes three minutes, and soon when it may end', () => {
    const model = modelOf(...many(60, 3 * MINUTE_MS));
    const young = jobWaitMs(model, 5 * SECOND_MS);
    const nearEnd = jobWaitMs(model, 170 * SECOND_MS);
    expect(young).toBeGreaterThan(40 * SECOND_MS);
    expect(nearEnd).toBeLessThan(12 * SECOND_MS);
  });

  it('follows the square-root rule where ends come at a steady rate', () => {
    const delay = new DetectionDelay();
    // Four jobs a minute that take no time at all: each arrival is an end.
    const distribution = { ...distributionOf(modelOf(...many(5000, 1))), unitMs: 1e-6 };
    const perMs = 4 / MINUTE_MS;
    delay.addArrivalRate(distribution, perMs, NOW_MS);
    const priceMs = 5000;
    const waitMs = delay.whenReaches(priceMs, NOW_MS, NOW_MS + HOUR_MS) - NOW_MS;
    expect(waitMs / Math.sqrt((2 * priceMs) / perMs)).toBeCloseTo(1, 1);
  });

  it('comes sooner for many jobs, whose ends are seen by the same request', () => {
    const distribution = distributionOf(new DurationModel([]));
    const waitMs = (count: number) => {
      const delay = new DetectionDelay();
      for (let n = 0; n < count; n += 1) delay.addJob(distribution, NOW_MS - MINUTE_MS, NOW_MS);
      return delay.whenReaches(500, NOW_MS, NOW_MS + HOUR_MS) - NOW_MS;
    };
    expect(waitMs(25) / waitMs(1)).toBeCloseTo(1 / 5, 1);
  });

  it('stays within its bounds', () => {
    const durations = new DurationModel([]);
    expect(jobWaitMs(durations, MINUTE_MS, 1e-9)).toBe(2000);
    expect(jobWaitMs(durations, MINUTE_MS, 1e12)).toBe(HOUR_MS);
  });
});

describe('a duration', () => {
  const at = (ms: number) => NOW_MS + ms;
  const started = { fromMs: at(0), untilMs: at(0) };
  const ended = { fromMs: at(58 * SECOND_MS), untilMs: at(62 * SECOND_MS) };
  const untold = { createdAtMs: null, serviceEndMs: null };

  it('is what the service says, by its own clock, however late the end was seen', () => {
    const times = { createdAtMs: at(-HOUR_MS), serviceEndMs: at(-HOUR_MS + MINUTE_MS) };
    expect(durationMs(times, null, { fromMs: at(0), untilMs: at(DAY_MS) })).toBe(MINUTE_MS);
  });

  it('is what we saw where we saw both ends', () => {
    expect(durationMs(untold, started, ended)).toBe(MINUTE_MS);
  });

  it('does not count the upload of a clip, whose `createdAt` is from before it', () => {
    const times = { createdAtMs: at(-HOUR_MS), serviceEndMs: at(MINUTE_MS) };
    expect(durationMs(times, started, ended)).toBe(MINUTE_MS);
  });

  it('is unknown after a sleep: that would be the machine’s night, not the service’s time', () => {
    expect(durationMs(untold, started, { fromMs: at(1000), untilMs: at(8 * HOUR_MS) })).toBeNull();
  });

  it('is unknown for a job that ran before it was seen', () => {
    expect(durationMs(untold, null, ended)).toBeNull();
  });

  it('is unknown where the service contradicts itself', () => {
    const times = { createdAtMs: at(0), serviceEndMs: at(-HOUR_MS) };
    expect(durationMs(times, null, ended)).toBeNull();
  });
});

describe('“about 2 min left”', () => {
  const job = { estimatedDurationMs: null };
  const leftMs = (durations: DurationModel, ageMs: number) => {
    const endMs = likelyEndMs(job, distributionOf(durations), NOW_MS - ageMs, NOW_MS);
    return endMs === null ? null : endMs - NOW_MS;
  };

  it('is shown when past jobs agree', () => {
    const left = leftMs(modelOf(...many(20, 3 * MINUTE_MS)), MINUTE_MS);
    expect(left).toBeGreaterThan(90 * SECOND_MS);
    expect(left).toBeLessThan(150 * SECOND_MS);
  });

  it('is not shown after a few jobs', () => {
    expect(leftMs(modelOf(...many(7, 3 * MINUTE_MS)), MINUTE_MS)).toBeNull();
  });

  it('is not shown where jobs take anything from seconds to hours', () => {
    const wild = Array.from({ length: 40 }, (_, n) => 20 * SECOND_MS * 1.2 ** n);
    expect(leftMs(modelOf(...wild), MINUTE_MS)).toBeNull();
  });

  it('comes from the service’s own estimate, until that is long over', () => {
    const estimated = { estimatedDurationMs: 2 * MINUTE_MS };
    const distribution = new DurationModel([]).distributionOf('s', 'render', 2 * MINUTE_MS);
    const end = (ageMs: number) => likelyEndMs(estimated, distribution, NOW_MS - ageMs, NOW_MS);
    expect(end(10 * SECOND_MS)).toBeGreaterThan(NOW_MS + 80 * SECOND_MS);
    expect(end(10 * SECOND_MS)).toBeLessThan(NOW_MS + 140 * SECOND_MS);
    expect(end(HOUR_MS)).toBeNull();
  });

  it('never lies in the past', () => {
    const model = modelOf(...many(50, 3 * MINUTE_MS));
    for (let ageMs = 0; ageMs < 2 * HOUR_MS; ageMs += 7 * SECOND_MS) {
      expect(leftMs(model, ageMs) ?? 1).toBeGreaterThan(0);
    }
  });
});

describe('work that others start', () => {
  const monday = new Date(2026, 5, 1).getTime();

  /** Days of work from nine to five, with a list every minute. */
  function days(count: number): ArrivalRate {
    const rate = new ArrivalRate([]);
    for (let atMs = monday; atMs < monday + count * DAY_MS; atMs += MINUTE_MS) {
      const hour = new Date(atMs).getHours();
      rate.count(
        hour >= 9 && hour < 17 && atMs % (10 * MINUTE_MS) === 0 ? 1 : 0,
        atMs - MINUTE_MS,
        atMs,
      );
    }
    return rate;
  }
  const at = (day: number, hour: number) => monday + day * DAY_MS + hour * HOUR_MS;

  it('is expected by day and not by night, after two days', () => {
    const rate = days(2);
    expect(rate.perMs(at(2, 12)) / rate.perMs(at(2, 3))).toBeGreaterThan(5);
  });

  it('is expected at hours that were never watched, from the hours around them', () => {
    const rate = days(1);
    expect(rate.perMs(at(5, 12)) * HOUR_MS).toBeGreaterThan(2);
    expect(rate.perMs(at(5, 3)) * HOUR_MS).toBeLessThan(1);
  });

  it('is expected a little where nothing is known: a new account is polled too', () => {
    expect(new ArrivalRate([]).perMs(monday) * HOUR_MS).toBeCloseTo(0.5);
  });

  it('is not counted over hours without a poll', () => {
    const rate = new ArrivalRate([]);
    expect(rate.count(50, monday, monday + 8 * HOUR_MS)).toBe(false);
    expect(rate.perMs(monday + 8 * HOUR_MS) * HOUR_MS).toBeCloseTo(0.5);
  });

  it('is stored: what is saved gives the same expectation after a restart', () => {
    const rate = days(3);
    const saved: ArrivalCount[] = rate.takeUnsaved();
    expect(new ArrivalRate(saved).perMs(at(3, 11))).toBeCloseTo(rate.perMs(at(3, 11)), 12);
    expect(rate.takeUnsaved()).toEqual([]);
  });

  it('is counted by the hour of the week in local time', () => {
    expect(hourOfWeek(monday)).toBe(0);
    expect(hourOfWeek(at(6, 23))).toBe(167);
  });
});
