import { md5Benchmark } from './md5';
import { uploadBenchmark } from './upload/benchmark';

/** Every benchmark by its name; each takes the options after the name. */
const benchmarks: Record<string, (options: string[]) => Promise<void>> = {
  md5: md5Benchmark,
  upload: uploadBenchmark,
};

const [name = '', ...options] = process.argv.slice(2);
const benchmark = benchmarks[name];
// Children end with this process only if it takes the time to end them.
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
