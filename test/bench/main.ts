import { UsageError } from '../../scripts/lib/plain-error.mjs';
import { runMain } from '../../scripts/lib/run.mjs';
import { appBenchmark } from './app/benchmark';
import { historyBenchmark } from './history/benchmark';
import { md5Benchmark } from './md5';
import { uploadBenchmark } from './upload/benchmark';
import { watchBenchmark } from './watch/benchmark';

/** Every benchmark by its name; each takes the options after the name. */
const benchmarks: Record<string, (options: string[]) => Promise<void>> = {
  app: appBenchmark,
  history: historyBenchmark,
  md5: md5Benchmark,
  upload: uploadBenchmark,
  watch: watchBenchmark,
};

await runMain(
  '',
  async ([name = '', ...options]) => {
    const benchmark = benchmarks[name];
    if (!benchmark) throw new UsageError(`There are: ${Object.keys(benchmarks).join(', ')}.`);
    await benchmark(options);
    return Number(process.exitCode ?? 0);
  },
  { helpsItself: () => true },
);
// Whatever a failed benchmark started must not keep this process alive.
if (process.exitCode) process.exit();
