import { randomInt } from 'node:crypto';
import { Realtime } from './clipping/realtime';
import { Clock, type ClockMode } from './clock';
import { applyConfig, type Config, defaultConfig } from './config';
import { Faults } from './faults';
import { randomText, randomUuid, seededRandom } from './random';
import { RateLimits } from './rate-limits';
import { RequestLog } from './request-log';
import { seedWorld } from './seed';
import { Shapes } from './shapes';
import { ObjectStore } from './storage/object-store';
import type {
  Account,
  ApiKey,
  Brand,
  Clip,
  Collection,
  DeviceCode,
  Document,
  Duration,
  Execution,
  Item,
  Post,
  RenderJob,
  Reporter,
  Schedule,
  ScheduleRun,
  Transcript,
  Workflow,
} from './types';

export interface Addresses {
  autopostingUrl: string;
  clippingUrl: string;
  storageUrl: string;
  controlUrl: string;
}

/** Everything the simulator knows: one per process, passed to every route. */
export class World {
  readonly clock: Clock;
  readonly shapes = new Shapes();
  readonly config: Config = defaultConfig();
  readonly faults = new Faults();
  readonly log: RequestLog;
  readonly rateLimits: RateLimits;
  readonly store: ObjectStore;
  readonly realtime: Realtime;
  /** Signs presigned URLs; lives and dies with the process. */
  readonly secret: string;
  readonly seed: number;
  addresses: Addresses = { autopostingUrl: '', clippingUrl: '', storageUrl: '', controlUrl: '' };
  /** The first key of each service, kept across a reset so that a printed key stays good. */
  readonly firstKeys: { autoposting: string; clipping: string };

  readonly accounts = new Map<string, Account>();
  readonly keys = new Map<string, ApiKey>();
  readonly brands = new Map<string, Brand>();
  readonly clips = new Map<string, Clip>();
  readonly renders = new Map<string, RenderJob>();
  readonly posts = new Map<string, Post>();
  readonly deviceCodes = new Map<string, DeviceCode>();
  readonly executions = new Map<string, Execution>();
  readonly items = new Map<string, Item>();
  readonly transcripts = new Map<string, Transcript>();
  readonly reporters = new Map<string, Reporter>();
  readonly workflows = new Map<string, Workflow>();
  readonly collections = new Map<string, Collection>();
  readonly schedules = new Map<string, Schedule>();
  readonly runs = new Map<number, ScheduleRun>();
  readonly documents = new Map<string, Document>();
  nextRunId = 41;

  readonly #random: () => number;

  /** What the command line chose; a reset returns to it. */
  readonly #startShapes: [name: string, value: string][];
  readonly #sink: boolean;

  constructor(options: {
    mode: ClockMode;
    speed: number;
    startMs?: number;
    seed?: number;
    shapes?: [name: string, value: string][];
    sink?: boolean;
  }) {
    this.#startShapes = options.shapes ?? [];
    this.#sink = options.sink ?? false;
    this.clock = new Clock(options.mode, options.speed, options.startMs);
    this.seed = options.seed ?? randomInt(2 ** 31);
    this.#random = seededRandom(this.seed);
    this.secret = randomText(this.#random, 40);
    this.log = new RequestLog(this);
    this.rateLimits = new RateLimits(this);
    this.store = new ObjectStore(this);
    this.realtime = new Realtime(this);
    this.firstKeys = {
      autoposting: `sk-social-${randomText(this.#random, 32).toLowerCase()}`,
      clipping: `ck_live_${randomText(this.#random, 32).toLowerCase()}`,
    };
    this.reset();
  }

  /** Resets to the start of the process; clock, addresses and first keys stay. */
  reset(): void {
    this.shapes.clear();
    for (const [name, value] of this.#startShapes) this.shapes.set(name, value);
    applyConfig(this.config, { ...defaultConfig(), storageKeepsBytes: !this.#sink });
    this.faults.clear();
    this.rateLimits.clear();
    this.realtime.clear();
    this.log.cutAll();
    this.log.clear();
    this.#clearObjects();
  }

  /** An id in the style of both services: prefix, underscore, letters and digits. */
  newId(prefix: string): string {
    return `${prefix}_${randomText(this.#random, 26)}`;
  }

  newText(length: number): string {
    return randomText(this.#random, length);
  }

  newUuid(): string {
    return randomUuid(this.#random);
  }

  /** Milliseconds from a plan's fixed or ranged duration. */
  draw(duration: Duration): number {
    if (typeof duration === 'number') return duration;
    return Math.round(
      duration.minMs + this.#random() * Math.max(0, duration.maxMs - duration.minMs),
    );
  }

  #clearObjects(): void {
    for (const map of [
      this.accounts,
      this.keys,
      this.brands,
      this.clips,
      this.renders,
      this.posts,
      this.deviceCodes,
      this.executions,
      this.items,
      this.transcripts,
      this.reporters,
      this.workflows,
      this.collections,
      this.schedules,
      this.runs,
      this.documents,
    ]) {
      map.clear();
    }
    this.nextRunId = 41;
    this.store.clear();
    seedWorld(this);
  }
}
