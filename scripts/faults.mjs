// npm run faults -- uploads            breaks uploads in every way we know: kills, lost answers, a full disk
// npm run faults -- watching           kills the whole app around the ends of remote work
// npm run faults -- NAME --quick       in short, with 20 kills; part of npm test
// npm run faults -- NAME --help        lists the options
import { join } from 'node:path';
import { tool, withBuild } from './lib/build.mjs';
import { checkoutLock } from './lib/checkout-locks.mjs';
import { whileLocked } from './lib/lock.mjs';
import { projectRoot } from './lib/paths.mjs';
import { UsageError } from './lib/plain-error.mjs';
import { run, runMain } from './lib/run.mjs';
import { desktopPackages } from './lib/system-packages.mjs';
import { prepareElectron, preparePackages } from './prepare.mjs';

const kinds = ['uploads', 'watching'];

const usage = `npm run faults -- NAME [options]

Breaks something on purpose, again and again, and checks what is left (docs/development.md):
  uploads    uploads: kills, lost answers, a jumping clock, a full disk
  watching   kills the whole app around the ends of remote work

  npm run faults -- NAME --quick   in short, with 20 kills, as npm test does it
  npm run faults -- NAME --help    lists the options of one of them`;

runMain(
  usage,
  async (args) => {
    const [kind = '', ...options] = args;
    if (!kinds.includes(kind)) {
      const wrong = kind ? `There are no faults "${kind}".` : 'Which faults?';
      throw new UsageError(`${wrong} There are: npm run faults -- ${kinds.join(' or ')}`);
    }
    const what = `npm run faults -- ${kind}`;
    const main = join(projectRoot, 'test', 'faults', kind, 'main.ts');
    const play = async () =>
      (await run(tool('tsx'), [main, ...options], { cwd: projectRoot })).code;
    if (options.includes('--help') || kind === 'uploads') await preparePackages();
    if (options.includes('--help')) return play();
    const results = { mode: /** @type {const} */ ('exclusive'), what };
    const locked = checkoutLock('test-results/faults', results);
    if (kind === 'uploads') return whileLocked(locked, play);
    const electron = await prepareElectron(desktopPackages);
    process.env.ELECTRON_OVERRIDE_DIST_PATH = electron.distDir;
    return whileLocked(locked, () => withBuild({ what }, play));
  },
  { helpsItself: ([kind = '']) => kinds.includes(kind) },
);
