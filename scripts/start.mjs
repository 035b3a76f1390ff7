// npm start: the app with real accounts, on the desktop of whoever starts it. Arguments go to the app.
import { withBuild } from './lib/build.mjs';
import { projectRoot } from './lib/paths.mjs';
import { PlainError } from './lib/plain-error.mjs';
import { run, runMain } from './lib/run.mjs';
import { prepareElectron } from './prepare.mjs';

const usage = `npm start [-- arguments of the app]

Starts the app with real accounts, on your desktop. What follows the -- goes to the app:
  upload FILE|FOLDER…   uploads videos
  import URL            has a service fetch a video
  start [LINK]          starts work on a link
  --hidden              in the tray, without a window
  --version             prints the version and ends

Switches of Chromium go there too, such as --no-sandbox, which root needs, or --enable-logging.`;

runMain(usage, async (args) => {
  // Whatever else is asked for, the app answers itself, or the one that is running does it.
  const onlyStarts = args.every((argument) =>
    ['--', '--hidden', '--no-sandbox'].includes(argument),
  );
  const hasDisplay = process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  if (process.platform === 'linux' && onlyStarts && !hasDisplay) {
    throw new PlainError('There is no display here. "npm run demo" makes a virtual one.');
  }
  if (process.getuid?.() === 0 && !args.includes('--no-sandbox')) {
    throw new PlainError(
      'Chromium does not start as root with its sandbox. Start as another user, or give it up with\n\n  npm start -- --no-sandbox\n',
    );
  }
  const electron = await prepareElectron();
  const env = { ...process.env };
  // Set in the terminals of editors that are made with Electron; it would start Node instead.
  delete env.ELECTRON_RUN_AS_NODE;
  return withBuild(
    { what: 'npm start', endless: true },
    async () => (await run(electron.executablePath, [projectRoot, ...args], { env })).code,
  );
});
