import { PACES } from '../../../main/domain/polling-pace';
import { PACE_RULES, RequestBudget } from '../../../main/polling/request-budget';
import { type Figures, figuresOf } from './figures';
import { ourRequestTimes } from './ours';
import { always, backingOff, requestTimes, whileActive } from './simple-polling';
import { makeWeek, type Week } from './week';

/** The mean detection delay at which the ways of polling are compared. */
const TARGET_MS = 5000;
const INTERVALS_MS = [2, 5, 10, 30, 60].map((seconds) => seconds * 1000);

/** How many requests the sweep may spend: as many as the minimum of two seconds allows. */
const REQUESTS_PER_HOUR = 1800;
/**
 * Prices of a request, in milliseconds of detection delay; most of them lie where the comparison
 * is.
 */
const QUICK_PRICES_MS = [100, 500, 650, 800, 950, 1100, 4000, 40_000];
const PRICES_MS = [...QUICK_PRICES_MS, 50, 200, 725, 875, 2000, 15_000];
const COINS_PER_POLL = 0.001;

export interface SimulatedFigures {
  requestsVsFixedAlways: number;
  requestsVsFixedActive: number;
  meanDelaySeconds: number;
  /** In any sliding hour of any run. */
  overBudget: boolean;
}

interface Run extends Figures {
  priceMs: number;
}

/**
 * The app's own run with the fewest requests that is at least as quick; null where no price gives
 * one.
 */
function asQuickAs(runs: Run[], meanDelayMs: number): Run | null {
  const quick = runs.filter((run) => run.meanDelayMs <= meanDelayMs * 1.0005);
  return quick.sort((a, b) => a.requests - b.requests)[0] ?? null;
}

/** A simple way of polling, at the interval that has the target's mean delay. */
function atTarget(week: Week, way: (intervalMs: number) => ReturnType<typeof always>): Figures {
  let low = 500;
  let high = 60_000;
  while (high / low > 1.001) {
    const middle = Math.sqrt(low * high);
    if (figuresOf(week, requestTimes(week, way(middle))).meanDelayMs < TARGET_MS) low = middle;
    else high = middle;
  }
  return figuresOf(week, requestTimes(week, way(low)));
}

const seconds = (ms: number) => (ms / 1000).toFixed(1).padStart(7);

function print(name: string, figures: Figures, ours: Run | null): void {
  const match = ours
    ? `${String(ours.requests).padStart(8)}  ${(ours.requests / figures.requests).toFixed(2)}`
    : '       -  no price tried is as quick';
  const { requests, meanDelayMs, p95DelayMs } = figures;
  const delays = `${seconds(meanDelayMs)} ${seconds(p95DelayMs)}`;
  console.log(`  ${name.padEnd(34)} ${String(requests).padStart(8)} ${delays} ${match}`);
}

/** One week: every simple way, and the app's own at the mean delay of each. */
async function compare(seed: number, prices: number[]): Promise<SimulatedFigures> {
  const week = makeWeek(seed);
  console.log(`\nWeek of seed ${seed}: ${week.jobs.length} jobs, ${week.sleeps.length} sleeps`);
  const runs: Run[] = [];
  const budget = { requestsPerHour: REQUESTS_PER_HOUR, coinsPerHour: 0 };
  for (const priceMs of prices) {
    const figures = figuresOf(week, await ourRequestTimes(week, { priceMs, ...budget }, seed));
    runs.push({ priceMs, ...figures });
  }
  console.log('                                     requests  mean s   p95 s     ours  of its');
  const everyway = (name: string, way: (intervalMs: number) => ReturnType<typeof always>) => {
    for (const intervalMs of INTERVALS_MS) {
      const figures = figuresOf(week, requestTimes(week, way(intervalMs)));
      print(`every ${intervalMs / 1000} s ${name}`, figures, asQuickAs(runs, figures.meanDelayMs));
    }
  };
  everyway('round the clock', always);
  everyway('while active, else 60 s', whileActive);
  const backoff = figuresOf(week, requestTimes(week, backingOff));
  print('backing off from 2 s to 60 s', backoff, asQuickAs(runs, backoff.meanDelayMs));
  const ours = asQuickAs(runs, TARGET_MS);
  if (!ours) throw new Error('No price gave a mean delay of 5 s.');
  const fixedAlways = atTarget(week, always);
  const fixedActive = atTarget(week, whileActive);
  print('5 s mean delay, round the clock', fixedAlways, ours);
  print('5 s mean delay, while active', fixedActive, ours);
  const price = `${ours.priceMs / 1000} s a request`;
  const busiest = Math.max(...runs.map((run) => run.mostInAnHour));
  const delays = `mean ${seconds(ours.meanDelayMs).trim()} s, p95 ${seconds(ours.p95DelayMs).trim()} s`;
  console.log(`  ours at ${price}: ${delays}, ${ours.mostInAnHour} in its busiest hour`);
  console.log(`  busiest hour of all runs: ${busiest} of ${REQUESTS_PER_HOUR} allowed`);
  return {
    requestsVsFixedAlways: ours.requests / fixedAlways.requests,
    requestsVsFixedActive: ours.requests / fixedActive.requests,
    meanDelaySeconds: ours.meanDelayMs / 1000,
    overBudget: busiest > REQUESTS_PER_HOUR,
  };
}

/** The app's own paces as they are shipped, where polling is free and where it costs coins. */
async function compareBudgets(seed: number): Promise<boolean> {
  const week = makeWeek(seed);
  let isOver = false;
  console.log('\nThe paces as shipped    requests  mean s   p95 s  busiest hour   coins a day');
  for (const pace of PACES) {
    for (const coins of [null, COINS_PER_POLL]) {
      const rule = PACE_RULES[pace];
      const { requestsPerHour } = new RequestBudget(rule, coins);
      const run = figuresOf(week, await ourRequestTimes(week, rule, seed, coins));
      isOver ||= run.mostInAnHour > requestsPerHour;
      const name = `${pace}${coins === null ? '' : ', paid'}`.padEnd(23);
      const delays = `${seconds(run.meanDelayMs)} ${seconds(run.p95DelayMs)}`;
      const hour = `${run.mostInAnHour} of ${requestsPerHour}`.padStart(13);
      const cost = coins === null ? '' : ((run.requests * coins) / 7).toFixed(2);
      console.log(
        `${name} ${String(run.requests).padStart(8)} ${delays} ${hour} ${cost.padStart(8)}`,
      );
    }
  }
  return isOver;
}

/** Compares the polling service with simple ways of polling over simulated weeks; the means of all weeks. */
export async function compareWeeks(isQuick: boolean, seeds: number[]): Promise<SimulatedFigures> {
  const all: SimulatedFigures[] = [];
  for (const seed of seeds) all.push(await compare(seed, isQuick ? QUICK_PRICES_MS : PRICES_MS));
  const isOver = await compareBudgets(seeds[0] ?? 1);
  const mean = (of: (week: SimulatedFigures) => number) =>
    all.reduce((sum, week) => sum + of(week), 0) / all.length;
  for (const [index, week] of all.entries()) {
    const always = week.requestsVsFixedAlways.toFixed(3);
    const active = week.requestsVsFixedActive.toFixed(3);
    console.log(`seed ${seeds[index]}: ${always} of round the clock, ${active} of while active`);
  }
  return {
    requestsVsFixedAlways: mean((week) => week.requestsVsFixedAlways),
    requestsVsFixedActive: mean((week) => week.requestsVsFixedActive),
    meanDelaySeconds: mean((week) => week.meanDelaySeconds),
    overBudget: isOver || all.some((week) => week.overBudget),
  };
}
