import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { FaultRule, LoggedRequest, Simulator } from '../../simulator/client';
import { ClockFile } from './clock-file';
import type { UploaderMessage } from './messages';
import type { Program } from './program';
import { type Snapshot, takeSnapshot } from './snapshot';
import { type Ending, UploaderRun } from './uploader-run';
import type { Video, VideoSize, Videos } from './videos';

/** How long a whole trial may take, in milliseconds; legitimate waits last a few
 * seconds at most, but the machine may have other work. */
const LIMIT_MS = 240_000;
/** How long a trial waits for the moment at which it strikes. */
const WAIT_MS = 60_000;
/** The engine's clock runs this many times as fast, unless a trial is about time. */
const HURRY = 10;

/** What every trial of a lane shares. */
export interface Lane {
  simulator: Simulator;
  program: Program;
  videos: Videos;
}

/** The runs of an uploader, one after another, and what the simulator does to them. */
export class Trial {
  readonly simulator: Simulator;
  readonly random: () => number;
  readonly folder: string;
  readonly files: Video[] = [];
  readonly runs: { run: UploaderRun; ending: Ending; snapshot: Snapshot }[] = [];
  /** What this trial found wrong, beyond what every trial is checked for. */
  readonly complaints: string[] = [];
  /** Faults that are not rules of the simulator: kills, jumps, a full disk. */
  strikes = 0;
  hurry = HURRY;
  dataFolder: string;
  readonly #lane: Lane;
  readonly #rules = new Set<string>();
  #clock: ClockFile | null = null;
  #brandId = '';
  #run: UploaderRun | null = null;
  #overdue = false;
  #timer: NodeJS.Timeout | null = null;

  constructor(lane: Lane, folder: string, random: () => number) {
    this.#lane = lane;
    this.simulator = lane.simulator;
    this.random = random;
    this.folder = folder;
    this.dataFolder = join(folder, 'data');
    mkdirSync(this.dataFolder, { recursive: true });
  }

  async begin(): Promise<void> {
    await this.simulator.reset();
    await this.simulator.clearLog();
    this.#brandId = (await this.simulator.createBrand({ name: 'Acme', slug: 'acme' })).id;
    this.#timer = setTimeout(() => {
      this.#overdue = true;
      this.#run?.kill();
    }, LIMIT_MS);
  }

  end(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#run?.kill();
  }

  /** A whole number from 0 to below `limit`. */
  below(limit: number): number {
    return Math.floor(this.random() * limit);
  }

  oneOf<T>(things: readonly T[]): T {
    return things[this.below(things.length)] as T;
  }

  /** Adds files to upload, from the next run on. */
  add(...sizes: VideoSize[]): Video[] {
    const added = sizes.map((size) => {
      const video = this.#lane.videos.another(size, this.files);
      this.files.push(video);
      return video;
    });
    return added;
  }

  /** Arms a fault that counts as injected each time it strikes. */
  async inject(rule: FaultRule): Promise<string> {
    const id = await this.simulator.addFault(rule);
    this.#rules.add(id);
    return id;
  }

  /** How often the injected faults have struck. */
  async injected(): Promise<number> {
    const rules = await this.simulator.faults();
    const own = rules.filter(({ id }) => this.#rules.has(id));
    return this.strikes + own.reduce((sum, { fired }) => sum + fired, 0);
  }

  /** The uploader's wall clock. It has to be read before the first run starts. */
  get clock(): ClockFile {
    this.#clock ??= new ClockFile(this.folder);
    return this.#clock;
  }

  start(): UploaderRun {
    const { simulator } = this;
    const run = new UploaderRun({
      program: this.#lane.program,
      number: this.runs.length + 1,
      dataFolder: this.dataFolder,
      serviceUrl: simulator.autopostingUrl,
      key: simulator.keys.autoposting,
      brandId: this.#brandId,
      hurry: this.hurry,
      clockFile: this.#clock?.path ?? null,
      files: this.files.map(({ path }) => path),
    });
    this.#run = run;
    return run;
  }

  /** Waits until a run is over, and keeps a copy of its database. Throws when it takes too long. */
  async waitForEnd(run: UploaderRun): Promise<Ending> {
    const ending = await run.ended;
    const copy = join(this.folder, `database-after-${run.number}`);
    this.runs.push({ run, ending, snapshot: takeSnapshot(this.dataFolder, copy) });
    this.#run = null;
    if (this.#overdue) throw new Error(`not over within ${LIMIT_MS / 1000} s`);
    return ending;
  }

  /** Lets a run come to its end. Throws unless all files are sent by then. */
  async runToEnd(run = this.start()): Promise<void> {
    const ending = await this.waitForEnd(run);
    if (ending !== 'sent') throw new Error(`the uploader ended as "${ending}"`);
  }

  /** All requests since the trial began. */
  requests(): Promise<LoggedRequest[]> {
    return this.simulator.requests({ limit: Number.MAX_SAFE_INTEGER });
  }

  /** Waits until the simulator has seen this many of these requests. */
  waitForRequests(matches: (request: LoggedRequest) => boolean, times = 1): Promise<void> {
    return this.until(async () => (await this.requests()).filter(matches).length >= times);
  }

  /** Waits until the uploader has reported such a message. */
  waitForMessage(run: UploaderRun, matches: (message: UploaderMessage) => boolean): Promise<void> {
    return this.until(async () => run.messages.some(matches));
  }

  /** Waits until a condition holds. Throws after a minute, or when the uploader ends before that. */
  async until(holds: () => Promise<boolean>): Promise<void> {
    await this.simulator.until(async () => !this.#run?.alive || (await holds()), WAIT_MS);
    if (!(await holds())) throw new Error('the uploader ended too early');
  }
}

/** Whether a request sends a part. */
export function isPart(request: LoggedRequest): boolean {
  return request.service === 'storage' && request.method === 'PUT';
}
