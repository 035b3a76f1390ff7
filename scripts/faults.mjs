// npm run faults -- uploads            breaks uploads in every way we know: kills, lost answers, a full disk
// npm run faults -- watching           kills the whole app around the ends of remote work
// npm run faults -- NAME --quick       in short, with 20 kills; part of npm test
// npm run faults -- NAME --help        lists the options
import { join } from 'node:path';
import { build, isBuilt, tool } from './lib/build.mjs';
import { projectRoot } from './lib/paths.mjs';
import { PlainError, run, runMain } from './lib/run.mjs';
import { desktopPackages } from './lib/system-packages.mjs';
import { prepareElectron, preparePackages } from './prepare.mjs';

/** What each of them needs before it can run. */
const kinds = { uploads: preparePackages, watching: prepareApp };

runMain(async () => {
  const [kind = '', ...args] = process.argv.slice(2);
  if (kind !== 'uploads' && kind !== 'watching') {
    throw new PlainError(`Say which faults: npm run faults -- ${Object.keys(kinds).join(' or ')}`);
  }
  await kinds[kind]();
  const main = join(projectRoot, 'test', 'faults', kind, 'main.ts');
  return (await run(tool('tsx'), [main, ...args], { cwd: projectRoot })).code;
});

/** The built app, and a desktop to run it on. */
async function prepareApp() {
  const electron = await prepareElectron(desktopPackages);
  process.env.ELECTRON_OVERRIDE_DIST_PATH = electron.distDir;
  if (!(await isBuilt()) && (await build()) !== 0) throw new PlainError('The build failed.');
}
