// npm start: the app with real accounts, on the desktop of whoever starts it. Arguments go to the app.
import { build, isBuilt } from './lib/build.mjs';
import { projectRoot } from './lib/paths.mjs';
import { PlainError, run, runMain } from './lib/run.mjs';
import { prepareElectron } from './prepare.mjs';

runMain(async () => {
  const args = process.argv.slice(2);
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
    throw new PlainError('There is no display here. "npm run demo" makes a virtual one.');
  }
  if (process.getuid?.() === 0 && !args.includes('--no-sandbox')) {
    throw new PlainError(
      'Chromium does not start as root with its sandbox. Start as another user, or give it up with\n\n  npm start -- --no-sandbox\n',
    );
  }
  const electron = await prepareElectron();
  if (!(await isBuilt()) && (await build()) !== 0) throw new PlainError('The build failed.');
  const env = { ...process.env };
  // Set in the terminals of editors that are made with Electron; it would start Node instead.
  delete env.ELECTRON_RUN_AS_NODE;
  return (await run(electron.executablePath, [projectRoot, ...args], { env })).code;
});
