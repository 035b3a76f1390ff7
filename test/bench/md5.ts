import { createHash } from 'node:crypto';
import { LANES, ParallelMd5, startMd5 } from '../../main/uploads/workers/md5/parallel-md5';
import { allow } from '../../scripts/lib/run.mjs';

const HELP = `npm run bench -- md5

Compares MD5 as the upload engine does it, eight messages at once, with Node's own. It takes no options.`;

const BLOCK_BYTES = 128 * 1024;
const TOTAL_BYTES = 1024 ** 3;
const ROUNDS = 5;

/** Compares MD5 as the upload engine does it, eight messages at once, with Node's own. */
export async function md5Benchmark(options: string[]): Promise<void> {
  if (options.includes('--help')) {
    console.log(HELP);
    return;
  }
  allow('npm run bench -- md5', options);
  const lanes = new ParallelMd5(BLOCK_BYTES);
  lanes.warmUp();
  const works = Array.from({ length: LANES }, (_, lane) => ({
    lane,
    md5: startMd5(),
    sizeBytes: BLOCK_BYTES,
    last: false,
  }));
  const block = Buffer.alloc(BLOCK_BYTES);
  const ratios: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const ours = secondsOf(() => {
      for (let at = 0; at < TOTAL_BYTES; at += BLOCK_BYTES * LANES) lanes.update(works);
    });
    const hash = createHash('md5');
    const nodes = secondsOf(() => {
      for (let at = 0; at < TOTAL_BYTES; at += BLOCK_BYTES) hash.update(block);
    });
    console.error(`round ${round + 1}: ours ${rate(ours)} MB/s, Node's ${rate(nodes)} MB/s`);
    ratios.push(nodes / ours);
  }
  const median = ratios.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? 0;
  console.log(JSON.stringify({ vsNode: Math.round(median * 100) / 100 }));
}

function secondsOf(work: () => void): number {
  const startedMs = performance.now();
  work();
  return (performance.now() - startedMs) / 1000;
}

function rate(seconds: number): string {
  return (TOTAL_BYTES / 1e6 / seconds).toFixed(0);
}
