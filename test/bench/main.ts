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

const [name = '', ...options] = process.argv.slice(2);
const benchmark = benchmarks[name];
// Child processes are ended only if this one exits in an orderly way.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => process.exit(130));
}
if (!benchmark) {
  console.error(`Which benchmark? There are: ${Object.keys(benchmarks).join(', ')}.`);
  process.exitCode = 1;
} else {
  benchmark(options).catch((error: unknown) => {
    console.error(error);
    process.exit(1);
  });
}
