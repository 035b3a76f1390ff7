import { powerMonitor } from 'electron';

/** Calls `onWake` when the system says that the machine woke up, until the returned function is called. */
export function followSleepWake(onWake: () => void): () => void {
  powerMonitor.on('resume', onWake);
  return () => void powerMonitor.off('resume', onWake);
}
