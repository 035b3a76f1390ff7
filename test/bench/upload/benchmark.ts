import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { UsageError } from '../../../scripts/lib/plain-error.mjs';
import { makeTemporaryFolder } from '../../../scripts/lib/temporary-folder.mjs';
import { prepareElectron } from '../../../scripts/prepare.mjs';
import { type Child, startChild } from '../child';
import { numberOf } from '../numbers';
import { makeSample } from './files';
import type { Job, Taken } from './job';
import { type ClientName, clientNames, type LinkName, type Run, report } from './report';

const MIB = 1024 ** 2;
const GIB = 1024 ** 3;
const SHAPE = { bitsPerSecond: 100_000_000, roundTripMs: 40 };

const HELP = `npm run bench -- upload [--quick] [--link=loopback|shaped] [--mib=SIZE,…]

Uploads a file by each of four clients, in turns, and prints how they compare.
In full it takes more than an hour, most of it 8 GiB on the shaped link.
  --quick   smaller files, less than 90 seconds
  --link    on this link alone
  --mib     files of these sizes alone, in MiB, out of 64, 1024 and 8192`;

interface Course {
  link: LinkName;
  sizeBytes: number;
  /** How often each client is measured. */
  rounds: number;
}

const FULL: Course[] = [
  { link: 'loopback', sizeBytes: 64 * MIB, rounds: 9 },
  { link: 'loopback', sizeBytes: GIB, rounds: 5 },
  { link: 'loopback', sizeBytes: 8 * GIB, rounds: 3 },
  { link: 'shaped', sizeBytes: 64 * MIB, rounds: 3 },
  { link: 'shaped', sizeBytes: GIB, rounds: 1 },
  { link: 'shaped', sizeBytes: 8 * GIB, rounds: 1 },
];
const QUICK: Course[] = [
  { link: 'loopback', sizeBytes: 64 * MIB, rounds: 2 },
  { link: 'loopback', sizeBytes: 512 * MIB, rounds: 1 },
  { link: 'shaped', sizeBytes: 32 * MIB, rounds: 1 },
];

/** Compares the upload engine with other ways to upload, on this machine. */
export async function uploadBenchmark(options: string[]): Promise<void> {
  if (options.includes('--help')) {
    console.log(HELP);
    return;
  }
  const courses = chosen(options);
  // The app's own V8: that of Node compiles more, and at other times.
  const electron = await prepareElectron();
  const folder = makeTemporaryFolder();
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const sink = await startChild('upload/sink.ts', {});
  const sinkUrl = urlOf(sink);
  const targetPort = Number(new URL(sinkUrl).port);
  const proxy = await startChild('upload/proxy.ts', { targetPort, ...SHAPE });
  const targets = { loopback: sinkUrl, shaped: urlOf(proxy) };
  const runs: Run[] = [];
  for (const course of courses) {
    runs.push(...(await take(course, targets[course.link], folder, electron.executablePath)));
  }
  sink.stop();
  proxy.stop();
  console.log(report(runs));
}

function chosen(options: string[]): Course[] {
  const { values } = parseArgs({
    args: options,
    options: {
      quick: { type: 'boolean', default: false },
      link: { type: 'string' },
      mib: { type: 'string' },
    },
  });
  const { link } = values;
  const sizes = values.mib?.split(',').map((mib) => numberOf('mib', mib) * MIB);
  const courses = (values.quick ? QUICK : FULL).filter(
    (course) =>
      (link === undefined || course.link === link) &&
      (sizes === undefined || sizes.includes(course.sizeBytes)),
  );
  if (courses.length === 0) throw new UsageError(`Nothing to measure.\n\n${HELP}`);
  return courses;
}

/**
 * Measures every client in turn. Each round starts with another one, so that none has an advantage.
 */
async function take(
  course: Course,
  targetUrl: string,
  parent: string,
  runtime: string,
): Promise<Run[]> {
  const { link, sizeBytes, rounds } = course;
  const folder = join(parent, 'sample');
  const sample = makeSample(folder, sizeBytes);
  const job: Job = { ...sample, sizeBytes, targetUrl, folder };
  const runs: Run[] = [];
  for (let round = 0; round < rounds; round += 1) {
    for (let turn = 0; turn < clientNames.length; turn += 1) {
      const client = clientNames[(turn + round) % clientNames.length] as ClientName;
      const child = await startChild(`upload/client-${client}.ts`, job, runtime);
      const run: Run = { link, sizeBytes, round, client, ...(child.answer as Taken) };
      runs.push(run);
      const mibPerSecond = sizeBytes / MIB / (run.elapsedMs / 1000);
      console.error(
        `${link}, ${sizeBytes / MIB} MiB, round ${round + 1} of ${rounds}: ` +
          `${client} ${mibPerSecond.toFixed(1)} MiB/s`,
      );
    }
  }
  rmSync(folder, { recursive: true });
  return runs;
}

function urlOf(child: Child): string {
  return (child.answer as { url: string }).url;
}
