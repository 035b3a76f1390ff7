// npm run contract    tries every answer that the services' pages name against the app's clients, and
//                     prints a table of endpoints and answers; the last line is a JSON object
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { tool } from './lib/build.mjs';
import { checkoutLock } from './lib/checkout-locks.mjs';
import { whileLocked } from './lib/lock.mjs';
import { projectRoot } from './lib/paths.mjs';
import { allow, run, runMain } from './lib/run.mjs';
import { preparePackages } from './prepare.mjs';

const usage = `npm run contract

Tries every answer that the services' pages name against the app's clients, and prints a table of endpoints
and answers; the last line is a JSON object. It takes no options. See docs/services.md.`;

runMain(usage, async (args) => {
  allow('npm run contract', args);
  await preparePackages();
  const results = { mode: /** @type {const} */ ('exclusive'), what: 'npm run contract' };
  return whileLocked(checkoutLock('test-results/contract', results), async () => {
    // What an earlier run tried must not fill a gap of this one.
    const folder = join(projectRoot, 'test-results', 'contract');
    await rm(folder, { recursive: true, force: true });
    const options = { cwd: projectRoot };
    const tests = await run(tool('vitest'), ['run', 'test/contract', '--reporter=dot'], options);
    const table = await run(tool('tsx'), [join('test', 'contract', 'main.ts')], options);
    return tests.code === 0 ? table.code : tests.code;
  });
});
