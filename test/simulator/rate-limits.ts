import type { RateLimit } from './config';
import type { Account, AccountService, ApiKey } from './types';
import type { World } from './world';

interface Window {
  startMs: number;
  used: number;
}

/**
 * What one request means for the limit of its key: the headers to send, and whether it exceeds the
 * limit.
 */
export interface RateVerdict {
  headers: Record<string, string>;
  refused: boolean;
}

/**
 * Fixed windows by the simulator's clock. With a limit set, every answer carries X-RateLimit-Limit,
 * -Remaining and -Reset (Unix seconds), and a request over the limit gets 429 with Retry-After.
 */
export class RateLimits {
  readonly #world: World;
  readonly #windows = new Map<string, Window>();

  constructor(world: World) {
    this.#world = world;
  }

  /** Counts one request. null when the service has no limit configured. */
  count(service: AccountService, key: ApiKey | null, account: Account | null): RateVerdict | null {
    const rule = this.#world.config.rateLimits[service];
    if (!rule) return null;
    const owner = (rule.per === 'account' ? account?.id : key?.key) ?? 'anonymous';
    const window = this.#window(`${service} ${owner}`, rule);
    const refused = window.used >= rule.limit;
    if (!refused) window.used += 1;
    const resetMs = window.startMs + rule.windowMs;
    const headers: Record<string, string> = {
      'X-RateLimit-Limit': String(rule.limit),
      'X-RateLimit-Remaining': String(Math.max(0, rule.limit - window.used)),
      'X-RateLimit-Reset': String(Math.ceil(resetMs / 1000)),
    };
    if (refused) {
      const waitMs = resetMs - this.#world.clock.now();
      headers['Retry-After'] = String(Math.max(1, Math.ceil(waitMs / 1000)));
    }
    return { headers, refused };
  }

  clear(): void {
    this.#windows.clear();
  }

  #window(name: string, rule: RateLimit): Window {
    const nowMs = this.#world.clock.now();
    const known = this.#windows.get(name);
    if (known && nowMs >= known.startMs && nowMs < known.startMs + rule.windowMs) return known;
    const fresh = { startMs: nowMs, used: 0 };
    this.#windows.set(name, fresh);
    return fresh;
  }
}
