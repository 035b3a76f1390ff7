import type { ClipPlan, ExecutionPlan, RenderPlan } from './types';

export interface RateLimit {
  limit: number;
  windowMs: number;
  /** per key as one page says, or per account as another does */
  per: 'key' | 'account';
}

/** Coins per call; the fee table of the billing page; the README lists what is assumed. */
export interface Fees {
  read: number;
  executionRead: number;
  search: number;
  transcriptRead: number;
  transcriptStart: number;
  start: number;
  write: number;
}

/** Everything a test may change that is a quantity and not a shape. */
export interface Config {
  clipPlan: ClipPlan;
  renderPlan: RenderPlan;
  executionPlan: ExecutionPlan;
  /** Lifetime of presigned part addresses; the service's own is unknown. */
  urlLifetimeMs: number;
  /** Lifetime of a result address when `autoposting.outputUrl` is signed. */
  outputUrlLifetimeMs: number;
  /** How many part numbers one presign call takes; the service's own limit is unknown. */
  presignBatchMax: number;
  /** false: the bytes of parts are hashed and dropped. */
  storageKeepsBytes: boolean;
  renderSizeBytes: number;
  creditsPerRender: number;
  /**
   * How many executions one list has at most; null for no cap. Whether the service caps is unknown.
   */
  executionListCap: number | null;
  scheduleDispatchMs: number;
  executionsPerRun: number;
  deviceIntervalSec: number;
  deviceExpiresSec: number;
  fees: Fees;
  rateLimits: { autoposting: RateLimit | null; clipping: RateLimit | null };
  /** Requests kept in the log. */
  logLimit: number;
}

/** The quantities a simulator starts with. */
export function defaultConfig(): Config {
  return {
    clipPlan: { processingMs: 4_000, outcome: 'ready', candidates: 3 },
    renderPlan: { queuedMs: 1_000, renderMs: 4_000, outcome: 'completed', estimatedDurationSec: 5 },
    executionPlan: {
      pendingMs: 1_000,
      runningMs: 4_000,
      outcome: 'done',
      steps: 2,
      providerCoins: 0.05,
    },
    urlLifetimeMs: 900_000,
    outputUrlLifetimeMs: 3_600_000,
    presignBatchMax: 10_000,
    storageKeepsBytes: true,
    renderSizeBytes: 262_144,
    creditsPerRender: 1,
    executionListCap: null,
    scheduleDispatchMs: 500,
    executionsPerRun: 2,
    deviceIntervalSec: 5,
    deviceExpiresSec: 900,
    fees: {
      read: 0.001,
      executionRead: 0.001,
      search: 0.005,
      transcriptRead: 0.005,
      transcriptStart: 0.01,
      start: 0.01,
      write: 0.001,
    },
    rateLimits: { autoposting: null, clipping: null },
    logLimit: 5_000,
  };
}

export type DeepPartial<T> = T extends object ? { [K in keyof T]?: DeepPartial<T[K]> } : T;

/** Merges a partial configuration into another in place. Throws on an unknown name. */
export function applyConfig(target: Config, change: DeepPartial<Config>): void {
  merge(target as unknown as Record<string, unknown>, change as Record<string, unknown>, '');
}

// These hold null or a choice of forms, so they are replaced whole instead of merged.
const replaced = new Set([
  'processingMs',
  'queuedMs',
  'renderMs',
  'pendingMs',
  'runningMs',
  'autoposting',
  'clipping',
]);

function merge(
  target: Record<string, unknown>,
  change: Record<string, unknown>,
  path: string,
): void {
  for (const [name, value] of Object.entries(change)) {
    if (!Object.hasOwn(target, name)) throw new Error(`no setting is called ${path}${name}`);
    const current = target[name];
    const nested = typeof value === 'object' && value !== null && !replaced.has(name);
    if (nested && typeof current === 'object' && current !== null) {
      merge(
        current as Record<string, unknown>,
        value as Record<string, unknown>,
        `${path}${name}.`,
      );
    } else {
      target[name] = value;
    }
  }
}
