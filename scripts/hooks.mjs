// npm run hooks    lets git run what is in scripts/hooks, such as checks before each commit
import { projectRoot } from './lib/paths.mjs';
import { allow, run, runMain } from './lib/run.mjs';

const usage = `npm run hooks

Lets git check style and types before each commit. It takes no options. To undo it:

  git config --unset core.hooksPath`;

runMain(usage, async (args) => {
  allow('npm run hooks', args);
  const { code } = await run('git', ['config', 'core.hooksPath', 'scripts/hooks'], {
    cwd: projectRoot,
  });
  if (code === 0) {
    console.log('Each commit is checked from now on. To undo: git config --unset core.hooksPath');
  }
  return code;
});
