import { parseArgs } from 'node:util';
import { numberOf } from '../numbers';
import { liveTable, runLive } from './live';
import { compareWeeks } from './simulated';

const HELP = `npm run bench -- watch [--quick] [--seed=N,…] [--without-live]

Compares the polling service with simple ways of polling over simulated weeks, then measures the real app
while it watches 1,000 executions and 200 clips at the simulator.
  --quick         one week, fewer prices, and a short live part: less than 90 seconds
  --seed          these weeks, by their seeds
  --without-live  the simulated weeks alone`;

const SEEDS = [1, 2, 3, 4, 5];
const LIVE = { minutes: 10, executions: 1000, clips: 200 };
/** The seconds that are left of 90 after the simulated week. */
const QUICK_LIVE_MINUTES = 0.5;

/** How many requests the polling service needs for its delay, and what it costs the machine. */
export async function watchBenchmark(options: string[]): Promise<void> {
  if (options.includes('--help')) {
    console.log(HELP);
    return;
  }
  const { values } = parseArgs({
    args: options,
    options: {
      quick: { type: 'boolean', default: false },
      seed: { type: 'string' },
      'without-live': { type: 'boolean', default: false },
    },
  });
  const isQuick = values.quick;
  const asked = values.seed?.split(',').map((seed) => numberOf('seed', seed));
  const seeds = asked ?? (isQuick ? SEEDS.slice(0, 1) : SEEDS);
  const { overBudget, ...figures } = await compareWeeks(isQuick, seeds);
  let live = null;
  if (!values['without-live']) {
    const work = isQuick ? { ...LIVE, minutes: QUICK_LIVE_MINUTES } : LIVE;
    const measured = await runLive(work);
    console.log(`\n${liveTable(measured, work)}\n`);
    const { clippingRequestsPerCycle, cpuPercent, growthMiB } = measured;
    live = { clippingRequestsPerCycle, cpuPercent, growthMiB };
  }
  if (overBudget) {
    console.log('An hour went over the budget.');
    process.exitCode = 1;
  }
  const rounded = Object.entries(figures).map(([name, value]) => [name, Number(value.toFixed(3))]);
  console.log(JSON.stringify({ ...Object.fromEntries(rounded), live }));
}
