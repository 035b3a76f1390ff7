import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { chromiumSwitches } from '../../test/desktop/chromium-switches';
import { startSimulator } from '../../test/simulator/client';
import { ensureElectron } from '../electron-runtime.mjs';
import { projectRoot } from '../lib/paths.mjs';
import { makeTemporaryFolder } from '../lib/temporary-folder.mjs';
import { bringNewWork } from './visit';
import { createWork } from './work';

/** Ends the app early; set while it runs. */
export interface Ending {
  kill?: () => Promise<unknown>;
}

/**
 * Starts the app on the desktop of whoever runs this, against the simulator, with files of its own
 * that are removed afterwards. Resolves when the app is quit.
 */
export async function openOnOwnDesktop(ending: Ending): Promise<number> {
  const { executablePath } = await ensureElectron();
  const simulator = await startSimulator({
    clock: 'real',
    config: {
      clipPlan: { processingMs: { minMs: 15_000, maxMs: 30_000 } },
      renderPlan: { queuedMs: 3_000, renderMs: { minMs: 10_000, maxMs: 25_000 } },
    },
  });
  await createWork(simulator);
  const userDataDir = makeTemporaryFolder();
  process.once('exit', () => rmSync(userDataDir, { recursive: true, force: true }));
  console.log(`
Cliptray opens on your desktop. Both services are played by a simulator; nothing leaves this computer.
Add an account for each, with these keys:

  Autoposting  ${simulator.keys.autoposting}
  Clipping     ${simulator.keys.clipping}

Then drop any video on the window: it goes to the simulator, is processed in half a minute, and can
be rendered. New work shows up at Clipping every 45 seconds.

The keys are kept in your own keyring, as real ones would be. Remove both accounts in the app before
you quit, and nothing of this stays. Quit from the tray, or press Ctrl-C here.
`);
  const stop = bringNewWork(simulator);
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    CLIPTRAY_AUTOPOSTING_URL: simulator.autopostingUrl,
    CLIPTRAY_CLIPPING_URL: simulator.clippingUrl,
  };
  // Set in the terminals of editors that are made with Electron; it would start Node instead.
  delete env.ELECTRON_RUN_AS_NODE;
  const args = [projectRoot, `--user-data-dir=${userDataDir}`, ...chromiumSwitches];
  const app = spawn(executablePath, args, { env, stdio: 'inherit' });
  const exited = once(app, 'exit');
  ending.kill = () => {
    app.kill();
    return exited;
  };
  const [code] = await exited;
  stop();
  await simulator.stop();
  return Number(code ?? 1);
}
