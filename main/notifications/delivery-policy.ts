import type { QuietHours } from '../domain/notification-rules';
import { quietUntilMs } from './quiet-hours';

/**
 * Whether notifications may be delivered now. If not: why, and when to ask again; null where an event
 * will say so.
 */
export type DeliveryDecision =
  | { now: true }
  | { now: false; why: 'catching-up' | 'quiet'; untilMs: number | null };

export interface DeliveryPolicyDeps {
  /** After a start or a wake the app is still finding out what ended meanwhile. */
  isCatchingUp: () => boolean;
  settings: () => { quietHours: QuietHours | null; followDoNotDisturb: boolean };
  /** The desktop asks not to be disturbed, as far as it says so. */
  doNotDisturb: () => boolean;
  nowMs: () => number;
}

/** Decides whether this is a time for notifications: quiet hours, do not disturb, catching up. */
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
