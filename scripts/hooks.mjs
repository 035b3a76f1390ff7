// npm run hooks    lets git run what is in scripts/hooks, such as checks before each commit
import { projectRoot } from './lib/paths.mjs';
import { run, runMain } from './lib/run.mjs';

runMain(async () => {
  const { code } = await run('git', ['config', 'core.hooksPath', 'scripts/hooks'], {
    cwd: projectRoot,
  });
  if (code === 0) {
    console.log('Each commit is checked from now on. To undo: git config --unset core.hooksPath');
  }
  return code;
});
