import { z } from 'zod';
import type { FaultAction } from './fault-actions';
import { seededRandom } from './random';
import type { ServiceName } from './types';

export interface FaultRule {
  service?: ServiceName;
  method?: string;
  /**
   * The path as documented (`/clips/{clipId}/jobs`, `/v1/executions/me`). `{anything}` and `*`
   * stand for one segment, `**` for any number. If omitted, every path.
   */
  path?: string;
  /** Storage: only this part. */
  partNumber?: number;
  /** Only requests with a key of this account. */
  accountId?: string;
  /** Lets this many matching requests through first. */
  skip?: number;
  /** How many requests it strikes; 1 if omitted. */
  times?: number | 'always';
  /** The chance that a matching request is struck, 0 to 1. */
  probability?: number;
  /** Makes the chance repeatable. */
  seed?: number;
  action: FaultAction;
}

export interface FaultStatus extends FaultRule {
  id: string;
  matched: number;
  fired: number;
}

export interface FaultTarget {
  service: ServiceName;
  method: string;
  path: string;
  partNumber: number | null;
  accountId: string | null;
}

// The actions are checked by kind only: their fields are typed in the client, and a wrong one shows
// at once. The rule itself is strict, since a rule with a misspelt field would match everything.
const ruleSchema = z.strictObject({
  service: z.enum(['autoposting', 'clipping', 'storage']).optional(),
  method: z.string().optional(),
  path: z.string().startsWith('/').optional(),
  partNumber: z.number().int().optional(),
  accountId: z.string().optional(),
  skip: z.number().int().nonnegative().optional(),
  times: z.union([z.number().int().positive(), z.literal('always')]).optional(),
  probability: z.number().min(0).max(1).optional(),
  seed: z.number().int().optional(),
  action: z.looseObject({
    kind: z.enum([
      'pass',
      'respond',
      'error',
      'html',
      'malformed',
      'truncated',
      'content-type',
      'empty',
      'huge',
      'deep',
      'reset',
      'hang',
      'kill',
      'redirect',
      'expired-url',
      'etag',
      'corrupt',
    ]),
  }),
});

interface Armed {
  status: FaultStatus;
  pattern: RegExp | null;
  random: () => number;
}

/** The armed faults. The oldest rule that matches and still has strikes left wins. */
export class Faults {
  #armed: Armed[] = [];
  #nextId = 1;

  /** Adds a rule; returns its id. Throws when the rule is malformed. */
  add(rule: FaultRule): string {
    ruleSchema.parse(rule);
    const id = `fault-${this.#nextId++}`;
    this.#armed.push({
      status: { ...rule, id, matched: 0, fired: 0 },
      pattern: rule.path === undefined ? null : pathPattern(rule.path),
      random: seededRandom(rule.seed ?? 1),
    });
    return id;
  }

  /** The fault that strikes this request, if any; counts it. */
  take(target: FaultTarget): { id: string; action: FaultAction } | null {
    for (const armed of this.#armed) {
      const { status } = armed;
      if (!matches(armed, target)) continue;
      if (status.fired >= strikes(status)) continue;
      status.matched += 1;
      if (status.matched <= (status.skip ?? 0)) continue;
      if (status.probability !== undefined && armed.random() >= status.probability) continue;
      status.fired += 1;
      return { id: status.id, action: status.action };
    }
    return null;
  }

  list(): FaultStatus[] {
    return this.#armed.map((armed) => armed.status);
  }

  remove(id: string): boolean {
    const before = this.#armed.length;
    this.#armed = this.#armed.filter((armed) => armed.status.id !== id);
    return this.#armed.length < before;
  }

  clear(): void {
    this.#armed = [];
  }
}

function strikes(rule: FaultRule): number {
  return rule.times === 'always' ? Number.POSITIVE_INFINITY : (rule.times ?? 1);
}

function matches(armed: Armed, target: FaultTarget): boolean {
  const rule = armed.status;
  return (
    (rule.service === undefined || rule.service === target.service) &&
    (rule.method === undefined || rule.method.toUpperCase() === target.method) &&
    (rule.partNumber === undefined || rule.partNumber === target.partNumber) &&
    (rule.accountId === undefined || rule.accountId === target.accountId) &&
    (armed.pattern === null || armed.pattern.test(target.path))
  );
}

/** A path pattern as a regular expression; see `FaultRule.path`. */
function pathPattern(path: string): RegExp {
  const source = path
    .split('/')
    .map((segment) => {
      if (segment === '**') return '.*';
      return segment
        .split(/\{[^}]*\}|\*/)
        .map((text) => text.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
        .join('[^/]+');
    })
    .join('/');
  return new RegExp(`^${source}$`);
}
