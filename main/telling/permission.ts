import type { QuietHours } from '../domain/tell-rules';
import { quietUntilMs } from './quiet-hours';

/**
 * Whether the user may be told something now. If not: why, and when to ask again; null where
 * somebody says so when it is time.
 */
export type Permission =
  | { now: true }
  | { now: false; why: 'gathering' | 'quiet'; untilMs: number | null };

export interface PermissionParts {
  /** What ended meanwhile is still being found out, after a start or a wake. */
  isGathering: () => boolean;
  settings: () => { quietHours: QuietHours | null; followDoNotDisturb: boolean };
  /** The desktop asks not to be disturbed, as far as it tells. */
  doNotDisturb: () => boolean;
  nowMs: () => number;
}

/** The rules of when to tell, in one place. */
export function tellPermission(parts: PermissionParts): Permission {
  const { quietHours, followDoNotDisturb } = parts.settings();
  const untilMs = quietUntilMs(quietHours, parts.nowMs());
  if (untilMs !== null) return { now: false, why: 'quiet', untilMs };
  if (followDoNotDisturb && parts.doNotDisturb()) {
    return { now: false, why: 'quiet', untilMs: null };
  }
  if (parts.isGathering()) return { now: false, why: 'gathering', untilMs: null };
  return { now: true };
}
