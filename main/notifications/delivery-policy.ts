import type { QuietHours } from '../domain/notification-rules';
import { quietUntilMs } from './quiet-hours';

/**
 * Whether the user may be told something now. If not: why, and when to ask again; null where
 * somebody says so when it is time.
 */
export type DeliveryDecision =
  | { now: true }
  | { now: false; why: 'gathering' | 'quiet'; untilMs: number | null };

export interface DeliveryPolicyDeps {
  /** What ended meanwhile is still being found out, after a start or a wake. */
  isGathering: () => boolean;
  settings: () => { quietHours: QuietHours | null; followDoNotDisturb: boolean };
  /** The desktop asks not to be disturbed, as far as it tells. */
  doNotDisturb: () => boolean;
  nowMs: () => number;
}

/** The rules of when to tell, in one place. */
export function deliveryDecision(deps: DeliveryPolicyDeps): DeliveryDecision {
  const { quietHours, followDoNotDisturb } = deps.settings();
  const untilMs = quietUntilMs(quietHours, deps.nowMs());
  if (untilMs !== null) return { now: false, why: 'quiet', untilMs };
  if (followDoNotDisturb && deps.doNotDisturb()) {
    return { now: false, why: 'quiet', untilMs: null };
  }
  if (deps.isGathering()) return { now: false, why: 'gathering', untilMs: null };
  return { now: true };
}
