// Started by scripts/demo.mjs, which makes sure that everything it needs is there.
import { join } from 'node:path';
import { projectRoot } from '../lib/paths.mjs';
import { type Ending, openOnOwnDesktop } from './own-desktop';
import { Report } from './report';
import type { Running } from './stage';
import { playTour } from './tour';
import { stayOnVirtualDesktop } from './visit';

const running: Running = {};
const ending: Ending = {};

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  // Everything else that was started ends with this process. The app goes first, because it writes
  // to the folders that are removed then.
  process.once(signal, () => {
    const gone = ending.kill?.() ?? running.app?.kill() ?? Promise.resolve();
    gone.finally(() => process.exit(130));
  });
}

if (process.argv.includes('--own-desktop')) {
  process.exitCode = await openOnOwnDesktop(ending);
} else {
  const report = new Report(join(projectRoot, 'demo-output'));
  const keep = process.argv.includes('--keep');
  const observed = await playTour(
    report,
    running,
    keep ? (all) => stayOnVirtualDesktop(report, all) : undefined,
  );
  process.exitCode = observed ? 0 : 1;
}
