// npm run simulator: both services, played by a program. Arguments go to it; --help lists them.
import { join } from 'node:path';
import { tool } from './lib/build.mjs';
import { projectRoot } from './lib/paths.mjs';
import { run, runMain } from './lib/run.mjs';
import { preparePackages } from './prepare.mjs';

runMain(
  '',
  async (args) => {
    await preparePackages();
    const main = join(projectRoot, 'test', 'simulator', 'main.ts');
    return (await run(tool('tsx'), [main, ...args])).code;
  },
  { helpsItself: () => true },
);
