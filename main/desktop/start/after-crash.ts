import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sessionBusAnswers } from '../system/bus-answer';
import { mayRestart } from './restart-policy';

/** When it was started again, in the data folder: the database is not open yet. */
const FILE = 'restarts.json';

function readRestarts(file: string): number[] {
  try {
    const stored: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return Array.isArray(stored) ? stored.filter(Number.isFinite) : [];
  } catch {
    return [];
  }
}

/** As `mayRestart`, on this machine. */
export function mayStartAfterCrash(
  dataFolder: string,
  hasDisplay: () => Promise<boolean>,
): Promise<boolean> {
  const file = join(dataFolder, FILE);
  return mayRestart({
    readRestarts: () => readRestarts(file),
    // If it cannot be stored, crashes could not be counted: then the app stays ended.
    writeRestarts: (atMs) => writeFileSync(file, JSON.stringify(atMs)),
    hasDisplay,
    hasBus: () => sessionBusAnswers(process.env.DBUS_SESSION_BUS_ADDRESS),
    nowMs: Date.now,
    sleep: (ms) => sleep(ms),
  });
}
