// npm run faults -- uploads            breaks uploads in every way we know: kills, lost answers, a full disk
// npm run faults -- uploads --quick    each fault once, and 20 kills; part of npm test
// npm run faults -- uploads --help     lists the options
import { join } from 'node:path';
import { tool } from './lib/build.mjs';
import { projectRoot } from './lib/paths.mjs';
import { PlainError, run, runMain } from './lib/run.mjs';
import { preparePackages } from './prepare.mjs';

const kinds = ['uploads'];

runMain(async () => {
  const [kind = '', ...args] = process.argv.slice(2);
  if (!kinds.includes(kind)) {
    throw new PlainError(`Say which faults: npm run faults -- ${kinds.join(' or ')}`);
  }
  await preparePackages();
  const main = join(projectRoot, 'test', 'faults', kind, 'main.ts');
  return (await run(tool('tsx'), [main, ...args], { cwd: projectRoot })).code;
});
