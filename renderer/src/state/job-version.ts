import type { AppState } from '../../../preload/contract';

/**
 * A text that changes whenever a job or an account appears, disappears or changes its state, but not while an
 * upload advances. The history is read again when it changes.
 */
export function jobVersion({ lines, accounts }: Pick<AppState, 'lines' | 'accounts'>): string {
  let jobCount = 0;
  let activeCount = 0;
  let changedAtMs = 0;
  for (const line of Object.values(lines)) {
    if (line.jobIds.length === 0) continue;
    jobCount += line.jobIds.length;
    if (line.active) activeCount += 1;
    changedAtMs = Math.max(changedAtMs, line.changedAtMs);
  }
  return [Object.keys(accounts).length, jobCount, activeCount, changedAtMs].join();
}
