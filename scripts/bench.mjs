// npm run bench -- NAME [OPTION…]: measures one thing and prints its figures.
import { join } from 'node:path';
import { tool, withBuild } from './lib/build.mjs';
import { projectRoot } from './lib/paths.mjs';
import { UsageError } from './lib/plain-error.mjs';
import { run, runMain } from './lib/run.mjs';
import { preparePackages } from './prepare.mjs';

const names = ['app', 'history', 'md5', 'upload', 'watch'];

const usage = `npm run bench -- NAME [options]

Measures one thing and prints its figures (docs/performance.md):
  upload    the upload engine beside other ways to upload
  md5       MD5 as the upload engine does it, beside Node's own
  watch     how many requests watching needs, and what it costs
  history   searches in a long history
  app       the app at rest, beside an empty Electron app

  npm run bench -- NAME --help   lists the options of one of them`;

runMain(
  usage,
  async (args) => {
    const [name = ''] = args;
    if (!names.includes(name)) {
      const wrong = name ? `There is no benchmark "${name}".` : 'Which benchmark?';
      throw new UsageError(`${wrong} There are: ${names.join(', ')}.`);
    }
    await preparePackages();
    const main = join(projectRoot, 'test', 'bench', 'main.ts');
    const measure = async () =>
      (await run(tool('tsx'), [main, ...args], { cwd: projectRoot })).code;
    if (args.includes('--help')) return measure();
    // The upload engine's worker threads are measured as they are shipped.
    return withBuild({ what: `npm run bench -- ${name}` }, measure);
  },
  { helpsItself: ([name = '']) => names.includes(name) },
);
