import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JobRef } from '../../../main/domain/job';
import { ServiceError } from '../../../main/domain/service-error';
import { allowedAtMs, requestsAllowed } from '../../../main/polling/rate-limit-wait';
import { PACE_RULES, type PaceRule, RequestBudget } from '../../../main/polling/request-budget';
import {
  accountPoller,
  activeList,
  FakeClock,
  module,
  observation,
  ScriptedService,
  single,
} from './fakes';

const NOW_MS = 1_800_000_000_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** The highest number of requests in any sliding hour. */
function mostInAnHour(times: number[]): number {
  return Math.max(
    0,
    ...times.map((atMs) => times.filter((other) => other > atMs - HOUR_MS && other <= atMs).length),
  );
}

/** A poller whose budget is to be used up. */
function pollerOf(rule: PaceRule, coinsPerPoll: number | null) {
  const clock = new FakeClock();
  const service = new ScriptedService(clock);
  const poller = accountPoller({
    service: { ...module, coinsPerPoll },
    connection: service.connection,
    budget: new RequestBudget(rule, coinsPerPoll),
    clock,
  });
  clock.onLateTimer = () => poller.restart();
  return { clock, service, poller };
}

type Step =
  | { do: 'wait' | 'sleep'; ms: number }
  | { do: 'pollNow' | 'restart' }
  | { do: 'lookUp' | 'adopt'; n: number }
  | { do: 'fail'; fails: boolean };

const hostile: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constant('wait' as const),
    ms: fc.integer({ min: 1, max: 15 * MINUTE_MS }),
  }),
  fc.record({ do: fc.constant('pollNow' as const) }),
  fc.record({ do: fc.constant('restart' as const) }),
  fc.record({ do: fc.constant('lookUp' as const), n: fc.integer({ min: 1, max: 60 }) }),
  fc.record({ do: fc.constant('adopt' as const), n: fc.integer({ min: 1, max: 60 }) }),
  fc.record({ do: fc.constant('fail' as const), fails: fc.boolean() }),
  fc.record({ do: fc.constant('sleep' as const), ms: fc.integer({ min: 1, max: HOUR_MS }) }),
);

function render(n: number) {
  return observation({ kind: 'render', remoteId: `r${n}`, clipId: `c${n}` });
}

/** Does to a poller what the user, the service or the machine may do. */
async function play(
  step: Step,
  { clock, service, poller }: ReturnType<typeof pollerOf>,
): Promise<void> {
  switch (step.do) {
    case 'wait':
      return clock.advance(step.ms);
    case 'sleep':
      return clock.jump(step.ms);
    case 'pollNow':
      return poller.pollNow();
    case 'restart':
      return poller.restart();
    case 'lookUp':
      for (let n = 0; n < step.n; n += 1) poller.lookUpRenders(`c${n}`);
      return;
    case 'adopt':
      return poller.adopt(Array.from({ length: step.n }, (_, n) => render(n)));
    case 'fail':
      service.list = () => {
        if (step.fails) throw new ServiceError('service-fault', { status: 503 });
        return activeList();
      };
  }
}

describe('the budget of an hour', () => {
  it('is never exceeded, whatever the user, the service and the machine do', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 60 }),
        fc.array(hostile, { maxLength: 30 }),
        async (cap, steps) => {
          const rule = { priceMs: 1, requestsPerHour: cap, coinsPerHour: 1 };
          const { clock, service, poller } = pollerOf(rule, null);
          service.read = (job: JobRef) =>
            single({ ...render(0), remoteId: 'r', clipId: job.clipId });
          poller.pollNow();
          for (const step of steps) await play(step, { clock, service, poller });
          await clock.advance(2 * HOUR_MS);
          poller.stop();
          expect(mostInAnHour(service.asked.map((call) => call.atMs))).toBeLessThanOrEqual(cap);
          expect(service.asked.length).toBeGreaterThan(0);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('holds a service whose calls cost coins to its coins', async () => {
    const { clock, service, poller } = pollerOf(
      { priceMs: 1, requestsPerHour: 1800, coinsPerHour: 0.02 },
      0.001,
    );
    service.list = () => activeList(observation());
    poller.pollNow();
    await clock.advance(3 * HOUR_MS);
    expect(mostInAnHour(service.asked.map((call) => call.atMs))).toBe(20);
    expect(poller.status.spending).toMatchObject({ requestsLastHour: 20, requestsPerHour: 20 });
  });

  it('never leaves the end of an hour without a poll: the last quarter is spread', async () => {
    const { clock, service, poller } = pollerOf(
      { priceMs: 1, requestsPerHour: 60, coinsPerHour: 1 },
      null,
    );
    service.list = () => activeList(observation());
    poller.pollNow();
    const beginMs = clock.nowMs();
    await clock.advance(3 * HOUR_MS);
    expect(Math.max(...service.gapsMs(beginMs))).toBeLessThan(10 * MINUTE_MS);
  });

  it('is given as the reason when it is what delays, so that the user can choose another pace', async () => {
    const { clock, service, poller } = pollerOf(
      { priceMs: 1, requestsPerHour: 60, coinsPerHour: 1 },
      null,
    );
    service.list = () => activeList(observation());
    poller.pollNow();
    await clock.advance(20 * MINUTE_MS);
    expect(poller.status.reason).toBe('budget');
  });

  it('is shared by the list and the lookups, and neither starves the other', async () => {
    const { clock, service, poller } = pollerOf(
      { priceMs: 1, requestsPerHour: 40, coinsPerHour: 1 },
      null,
    );
    service.list = () => activeList(observation());
    service.read = (job) =>
      single(observation({ ...job, kind: 'render', remoteId: `r${job.clipId}` }));
    const renders = ['c1', 'c2', 'c3'].map((clipId) =>
      observation({ kind: 'render', remoteId: `r${clipId}`, clipId }),
    );
    poller.adopt(renders);
    await clock.advance(3 * HOUR_MS);
    for (const what of ['list', 'render rc1', 'render rc2', 'render rc3']) {
      expect(service.count(what)).toBeGreaterThan(10);
    }
  });
});

describe('the cost of polling', () => {
  it('is estimated from what polling really did', () => {
    const budget = new RequestBudget(PACE_RULES.balanced, 0.001);
    for (let n = 0; n < 48; n += 1) budget.take(NOW_MS + n * (HOUR_MS / 2));
    const perDay = budget.coinsPerDay(NOW_MS + 24 * HOUR_MS) ?? 0;
    expect(perDay).toBeGreaterThan(0.045);
    expect(perDay).toBeLessThan(0.055);
  });

  it('is no figure where polling is free', () => {
    expect(new RequestBudget(PACE_RULES.balanced, null).coinsPerDay(NOW_MS)).toBeNull();
  });

  it('raises the price of a request the more of the hour is used, well before none is left', () => {
    const budget = new RequestBudget({ priceMs: 500, requestsPerHour: 100, coinsPerHour: 1 }, null);
    const prices = [0, 50, 90].map((sent) => {
      while (budget.requestsLastHour(NOW_MS) < sent) budget.take(NOW_MS);
      return budget.priceMs(NOW_MS);
    });
    expect(prices[0]).toBe(500);
    expect(prices[1]).toBeLessThan(600);
    expect(prices[2]).toBeGreaterThan(2000);
  });

  it('is still counted after the clock was set back', () => {
    const budget = new RequestBudget({ priceMs: 1, requestsPerHour: 3, coinsPerHour: 1 }, null);
    for (let n = 0; n < 3; n += 1) expect(budget.take(NOW_MS)).toBe(true);
    const earlierMs = NOW_MS - 5 * HOUR_MS;
    expect(budget.take(earlierMs)).toBe(false);
    expect(budget.take(earlierMs + HOUR_MS)).toBe(true);
  });
});

describe('rate limits', () => {
  const limits = { limit: 100, remaining: 50, resetAtMs: NOW_MS + MINUTE_MS, retryAtMs: null };

  it('allow nothing before Retry-After, whatever else they say', () => {
    const retryAtMs = NOW_MS + 30_000;
    expect(allowedAtMs({ ...limits, retryAtMs }, null, NOW_MS)).toBe(retryAtMs);
    expect(requestsAllowed({ ...limits, retryAtMs }, NOW_MS)).toBe(0);
  });

  it('spread the last requests of a window over the rest of it', () => {
    expect(allowedAtMs({ ...limits, remaining: 9 }, NOW_MS, NOW_MS)).toBe(NOW_MS + 6000);
    expect(requestsAllowed({ ...limits, remaining: 9 }, NOW_MS)).toBe(1);
    expect(allowedAtMs({ ...limits, remaining: 0 }, NOW_MS, NOW_MS)).toBe(limits.resetAtMs);
  });

  it('allow all but the last quarter at once', () => {
    expect(requestsAllowed(limits, NOW_MS)).toBe(25);
  });

  it('allow everything while there is plenty, or when the numbers are old or missing', () => {
    expect(allowedAtMs(limits, NOW_MS, NOW_MS)).toBe(NOW_MS);
    const old = { ...limits, remaining: 0, resetAtMs: NOW_MS - 1 };
    expect(allowedAtMs(old, NOW_MS, NOW_MS)).toBe(NOW_MS);
    expect(requestsAllowed(null, NOW_MS)).toBe(Number.POSITIVE_INFINITY);
  });
});
