import type { QuietHours } from '../domain/notification-rules';
import { quietUntilMs } from './quiet-hours';

/**
 * Whether notifications may be delivered now. If not: why, and when to check again; null if an event
 * will tell.
 */
export type DeliveryDecision =
  | { now: true }
  | { now: false; why: 'catching-up' | 'quiet'; untilMs: number | null };

export interface DeliveryPolicyDeps {
  /** After a start or a wake: the app is still finding out what has ended in the meantime. */
  isCatchingUp: () => boolean;
  settings: () => { quietHours: QuietHours | null; followDoNotDisturb: boolean };
  /** The desktop is set to "do not disturb", as far as it reports that. */
  doNotDisturb: () => boolean;
  nowMs: () => number;
}

/** Decides whether to deliver now, by quiet hours, "do not disturb" and the catch-up period. */
export function deliveryDecision(deps: DeliveryPolicyDeps): DeliveryDecision {
  const { quietHours, followDoNotDisturb } = deps.settings();
  const untilMs = quietUntilMs(quietHours, deps.nowMs());
  if (untilMs !== null) return { now: false, why: 'quiet', untilMs };
  if (followDoNotDisturb && deps.doNotDisturb()) {
    return { now: false, why: 'quiet', untilMs: null };
  }
  if (deps.isCatchingUp()) return { now: false, why: 'catching-up', untilMs: null };
  return { now: true };
}
