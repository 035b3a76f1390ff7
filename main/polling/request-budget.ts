import type { PollingPace } from '../domain/polling-pace';
import type { BudgetReport } from '../domain/polling-status';
import type { RateLimits } from '../domain/rate-limits';

const HOUR_MS = 60 * 60_000;
const DAY_HOURS = 24;

/**
 * This share of the hour's budget is spent freely; the rest is spread over the hour, so that a long burst
 * of work does not use it up in minutes and leave nothing for the ends that follow.
 */
export const BUDGET_FREE = 1 / 4;

/** How much an account may spend on polling, and what a request must be worth. */
export interface PaceRule {
  /** A request is sent once its expected detection delay, summed over jobs, has reached this. */
  priceMs: number;
  requestsPerHour: number;
  /** Where polls cost coins; the smaller of the two limits holds. */
  coinsPerHour: number;
}

/**
 * A job that takes minutes is polled about every 35, 12 or 5 seconds. The coins per hour limit what a day
 * can cost. The reasons are in docs/polling.md.
 */
export const PACE_RULES: Record<PollingPace, PaceRule> = {
  saving: { priceMs: 4000, requestsPerHour: 180, coinsPerHour: 0.06 },
  balanced: { priceMs: 500, requestsPerHour: 900, coinsPerHour: 0.3 },
  close: { priceMs: 100, requestsPerHour: 1800, coinsPerHour: 0.9 },
};

/** An account's budget of requests in any sliding hour: what was sent, and what is left. */
export class RequestBudget {
  readonly #coinsPerPoll: number | null;
  #rule: PaceRule;
  /** Ascending. */
  #sentAtMs: number[] = [];
  /** Requests by hour, at most a day's. */
  #hourly: { hour: number; requests: number }[] = [];

  constructor(rule: PaceRule, coinsPerPoll: number | null) {
    this.#rule = rule;
    this.#coinsPerPoll = coinsPerPoll;
  }

  setRule(rule: PaceRule): void {
    this.#rule = rule;
  }

  get requestsPerHour(): number {
    const { requestsPerHour, coinsPerHour } = this.#rule;
    if (!this.#coinsPerPoll) return requestsPerHour;
    // Rounded first: 0.3 coins are 300 polls, not 299.
    const byCoins = Math.floor(Math.round((coinsPerHour / this.#coinsPerPoll) * 1000) / 1000);
    return Math.max(1, Math.min(requestsPerHour, byCoins));
  }

  /** Counts one request, whatever its outcome. False when the hour's budget is used up. */
  take(nowMs: number): boolean {
    if (this.requestsLastHour(nowMs) >= this.requestsPerHour) return false;
    this.#sentAtMs.push(nowMs);
    const hour = Math.floor(nowMs / HOUR_MS);
    const last = this.#hourly.at(-1);
    if (last?.hour === hour) last.requests += 1;
    else this.#hourly.push({ hour, requests: 1 });
    return true;
  }

  /** The wall clock was set by `stepMs`: the hour is one of real time. */
  clockSet(stepMs: number): void {
    this.#sentAtMs = this.#sentAtMs.map((atMs) => atMs + stepMs);
    const hours = Math.round(stepMs / HOUR_MS);
    this.#hourly = this.#hourly.map(({ hour, requests }) => ({ hour: hour + hours, requests }));
  }

  requestsLastHour(nowMs: number): number {
    const sent = this.#sentAtMs;
    // If the clock was set back while the account was not polled, these count as sent now.
    for (let n = sent.length - 1; n >= 0 && (sent[n] ?? 0) > nowMs; n -= 1) sent[n] = nowMs;
    const firstKept = sent.findIndex((atMs) => atMs > nowMs - HOUR_MS);
    if (firstKept !== 0) sent.splice(0, firstKept === -1 ? sent.length : firstKept);
    return sent.length;
  }

  /** The budget as a rate limit, so that the same rule spreads its last requests. */
  limits(nowMs: number): RateLimits {
    const limit = this.requestsPerHour;
    const remaining = Math.max(0, limit - this.requestsLastHour(nowMs));
    // After a change to a slower pace, more requests than the oldest have to expire first.
    const freeing = this.#sentAtMs[Math.max(0, this.#sentAtMs.length - limit)];
    const resetAtMs = freeing === undefined ? null : freeing + HOUR_MS;
    return { limit, remaining, resetAtMs, retryAtMs: null };
  }

  /** What polling has cost so far, and what is left by the service's own count. */
  report(serviceLimits: RateLimits | null, nowMs: number): BudgetReport {
    return {
      requestsLastHour: this.requestsLastHour(nowMs),
      requestsPerHour: this.requestsPerHour,
      coinsPerDay: this.coinsPerDay(nowMs),
      remaining: serviceLimits?.remaining ?? null,
      limit: serviceLimits?.limit ?? null,
      resetAtMs: serviceLimits?.resetAtMs ?? null,
    };
  }

  /** What a request must be worth now: the more of the hour's budget is used, the more. */
  priceMs(nowMs: number): number {
    const used = Math.min(0.99, this.requestsLastHour(nowMs) / this.requestsPerHour);
    return this.#rule.priceMs / (1 - used ** 4) ** 2;
  }

  /** Coins per day at the rate of the last day, or of the part of it in which there was polling. */
  coinsPerDay(nowMs: number): number | null {
    if (this.#coinsPerPoll === null) return null;
    const hour = nowMs / HOUR_MS;
    this.#hourly = this.#hourly.filter((past) => past.hour > hour - DAY_HOURS && past.hour <= hour);
    const first = this.#hourly[0];
    if (!first) return 0;
    const requests = this.#hourly.reduce((sum, past) => sum + past.requests, 0);
    const hours = Math.min(DAY_HOURS, Math.max(1, hour - first.hour));
    return (requests / hours) * DAY_HOURS * this.#coinsPerPoll;
  }
}
