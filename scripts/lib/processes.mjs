import { readFileSync } from 'node:fs';

/**
 * Tells a process from a later one with the same number: its start in ticks since the boot, and the
 * boot. Empty where the system does not say it.
 * @param {number} pid
 * @returns {string | undefined} Undefined: there is no such process, or it has ended and is only waiting
 *   for its parent to read its exit code.
 */
export function startOf(pid) {
  if (process.platform !== 'linux') return isThere(pid) ? '' : undefined;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may contain anything, parentheses too.
    const [state, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return state === 'Z' || state === 'X' ? undefined : `${Number(rest[18]).toString(36)}${boot()}`;
  } catch {
    return undefined;
  }
}

/** Whether the process that `startOf` described still runs. @param {number} pid @param {string} start */
export function isAlive(pid, start) {
  return startOf(pid) === start;
}

/** A few characters that are different after the next boot. */
function boot() {
  return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').slice(0, 4);
}

/** @param {number} pid */
function isThere(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Of another user.
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}
