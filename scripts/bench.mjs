// npm run bench -- NAME [OPTION…]: measures one thing and prints its figures. `upload --help` says
// more.
import { join } from 'node:path';
import { build, isBuilt, tool } from './lib/build.mjs';
import { projectRoot } from './lib/paths.mjs';
import { PlainError, run, runMain } from './lib/run.mjs';
import { preparePackages } from './prepare.mjs';

runMain(async () => {
  await preparePackages();
  // The upload engine's worker threads are measured as they are shipped.
  if (!(await isBuilt()) && (await build()) !== 0) throw new PlainError('The build failed.');
  const main = join(projectRoot, 'test', 'bench', 'main.ts');
  return (await run(tool('tsx'), [main, ...process.argv.slice(2)], { cwd: projectRoot })).code;
});
