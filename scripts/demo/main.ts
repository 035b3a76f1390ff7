// Started by scripts/demo.mjs, which makes sure of all that this needs.
import { join } from 'node:path';
import { projectRoot } from '../lib/paths.mjs';
import { openOnOwnDesktop } from './own-desktop';
import { Report } from './report';
import { playTour } from './tour';
import { stayOnVirtualDesktop } from './visit';

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  // Without a handler nothing that was started is ended: that happens when this process exits.
  process.once(signal, () => process.exit(130));
}

if (process.argv.includes('--own-desktop')) {
  process.exitCode = await openOnOwnDesktop();
} else {
  const report = new Report(join(projectRoot, 'demo-output'));
  const keep = process.argv.includes('--keep');
  const observed = await playTour(
    report,
    keep ? (running) => stayOnVirtualDesktop(report, running) : undefined,
  );
  process.exitCode = observed ? 0 : 1;
}
