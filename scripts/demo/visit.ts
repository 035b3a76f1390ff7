import { once } from 'node:events';
import type { Simulator } from '../../test/simulator/client';
import type { Report } from './report';
import type { Running } from './stage';
import { addShortExecution } from './work';

/** How often new work shows up at Clipping while somebody tries the app, in milliseconds. */
const newWorkEveryMs = 45_000;

/**
 * Leaves the desktop of the tour running and prints how to look at it. Resolves when the app is
 * quit.
 */
export async function stayOnVirtualDesktop(
  report: Report,
  { desktop, simulator, app }: Required<Running>,
): Promise<void> {
  const display = desktop.virtual.env.DISPLAY;
  report.say(`
The app is still running, on the virtual display ${display}. Look at it with a VNC viewer:

  x11vnc -display ${display} -localhost -forever      (Debian package x11vnc; then connect to localhost)
  import -display ${display} -window root now.png     (a picture)

Simulator: ${simulator.controlUrl} takes commands; test/simulator/README.md lists them.
Ctrl-C ends everything.`);
  const stop = bringNewWork(simulator);
  await once(app.electron.process(), 'exit');
  stop();
}

/** Starts a short execution now and then, so that there is something to be notified of. */
export function bringNewWork(simulator: Simulator): () => void {
  const timer = setInterval(() => {
    addShortExecution(simulator).catch((error) => console.error(String(error)));
  }, newWorkEveryMs);
  return () => clearInterval(timer);
}
