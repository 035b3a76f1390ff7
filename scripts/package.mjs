// npm run package: an unpacked app in dist/, on the Electron that is at hand.
import { join } from 'node:path';
import { projectRoot } from './lib/paths.mjs';
import { runMain } from './lib/run.mjs';
import { packageApp } from './package-app.mjs';

runMain(() => packageApp(join(projectRoot, 'dist')));
