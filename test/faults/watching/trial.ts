import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { HiddenApp } from '../../desktop/hidden-app';
import type { Stage } from '../../desktop/stage';
import type { MenuItem } from '../../desktop/tray-host';
import { waitFor } from '../../desktop/wait';
import { readNotification } from './notice';
import { readOutbox } from './outbox';
import { AWAY_INSTANT, type Instant, type Round } from './plan';
import { strike } from './strike';
import type { Struck } from './table';
import { type Completion, judge, type Life, type Told, type Verdict } from './verdict';

/** What an armed kill waits for comes within this time; without it the run gets away. */
const STRIKE_LIMIT_MS = 15_000;
/** A run that is left alone shows the work under way, and has told all that ended, by then. */
const SETTLE_LIMIT_MS = 40_000;
/** Clips that were rendered before they were watched: each can be rendered once more. */
const CLIPS = 100;
/** Work goes on until it is ended by hand. */
const ENDLESS_MS = 24 * 60 * 60_000;
/** What a run asks first, as the simulator counts it. */
const FIRST_REQUESTS = ['clipping GET /v1/executions/me', 'autoposting GET /clips'];

/** A piece of work at the simulator that is under way. */
interface Work {
  id: string;
  title: string;
  endsAs: string;
}

/** One run of the app after another, and everything that ended around them. */
export class Trial {
  readonly completions: Completion[] = [];
  readonly kills: Struck[] = [];
  readonly problems: string[] = [];
  readonly #stage: Stage;
  readonly #folder: string;
  readonly #random: () => number;
  /** The place of each run's first notification among all. */
  readonly #runs: { run: HiddenApp; from: number }[] = [];
  readonly #told: (Told | null)[] = [];
  readonly #clips: { id: string; title: string }[] = [];
  /** Missing for so long that nobody waits for them any more. */
  readonly #givenUp = new Set<string>();
  #lost: { state: string; titles: string[] } = { state: '', titles: [] };
  #round = 0;

  /** The databases of killed runs go to `folder`. */
  constructor(stage: Stage, folder: string, random: () => number) {
    this.#stage = stage;
    this.#folder = folder;
    this.#random = random;
  }

  /** To be called before there are accounts: what is older than they are is no news. */
  async makeClips(): Promise<void> {
    for (let index = 1; index <= CLIPS; index += 1) {
      const title = `Render ${String(index).padStart(4, '0')}`;
      const [clip] = await this.#stage.simulator.createClips({ status: 'ready', title });
      if (clip) this.#clips.push({ id: clip.id, title });
    }
  }

  /** Each run with what it told; the last one may go on. */
  get lives(): Life[] {
    const told = this.#allTold();
    return this.#runs.map(({ from }, index) => ({
      number: index + 1,
      told: told.slice(from, this.#runs[index + 1]?.from).flatMap((one) => one ?? []),
      kill: this.kills.find(({ life }) => life === index + 1) ?? null,
    }));
  }

  get verdict(): Verdict {
    return judge(this.completions, this.lives);
  }

  /**
   * Plays a round: work is under way when the app is started, ends, and the app is killed around
   * that. What it had not told is told by the run that the next round, or `finish`, begins with.
   */
  async play(round: Round): Promise<void> {
    this.#round += 1;
    const work = await this.#makeWork(round);
    const run = await this.#start();
    await this.#settled(run, work);
    if (round.first === AWAY_INSTANT) await this.#strike(run, round.first, work.length);
    const [first, ...others] = work;
    if (first) await this.#end(first);
    const ended = Promise.all(
      others.map(async (one) => {
        if (round.spreadMs > 0) await delay(this.#random() * round.spreadMs);
        await this.#end(one);
      }),
    );
    if (run.alive) await this.#strike(run, round.first, work.length);
    await ended;
    for (const instant of round.later) {
      await this.#quit();
      const again = await this.#start();
      const untold = this.verdict.lost.length;
      // Without anything to tell there is nothing to wait for.
      const chosen = instant === 'in the digest' && untold === 0 ? 'as it starts' : instant;
      await this.#strike(again, chosen, untold);
    }
    await this.#quit();
  }

  /** A run that tells what is left, and one more, which must find nothing to tell. */
  async finish(): Promise<void> {
    for (let runs = 0; runs < 2; runs += 1) {
      await this.#settled(await this.#start(), []);
      await this.#quit();
    }
    const outbox = readOutbox(this.#stage.dataFolder, this.databaseAfter(this.#runs.length));
    for (const [title, state] of outbox) {
      if (state !== 'told') this.problems.push(`${title} is still "${state}" at the end`);
    }
  }

  async #start(): Promise<HiddenApp> {
    await this.#stage.simulator.clearLog();
    const from = this.#stage.daemon.notifications.length;
    const run = await this.#stage.start();
    this.#runs.push({ run, from });
    return run;
  }

  /** Ends a run that got away, once it has told everything. */
  async #quit(): Promise<void> {
    const { run } = this.#runs.at(-1) ?? {};
    if (!run?.alive) return;
    await this.#settled(run, []);
    await run.stop();
  }

  /** Work of all sorts, made while the app does not run: its first answers show it. */
  async #makeWork({ executions, render }: Round): Promise<Work[]> {
    const { simulator } = this.#stage;
    const plan = { pendingMs: 0, runningMs: ENDLESS_MS };
    const made = await simulator.createExecutions({ count: executions.length, plan });
    const work: Work[] = [];
    for (const [index, { id }] of made.entries()) {
      const title = `Work ${String(this.#round).padStart(4, '0')}-${index + 1}`;
      await simulator.setFields(id, { title });
      work.push({ id, title, endsAs: executions[index]?.failed ? 'error' : 'done' });
    }
    const clip = render ? this.#clips.shift() : undefined;
    if (clip) {
      const renderPlan = { queuedMs: 0, renderMs: ENDLESS_MS };
      const { id } = await simulator.createRender({ clipId: clip.id, plan: renderPlan });
      // The list of clips shows that something happened to it, and nothing else does.
      await simulator.editClip(clip.id);
      work.push({ id, title: clip.title, endsAs: 'completed' });
    }
    return work;
  }

  async #end({ id, title, endsAs }: Work): Promise<void> {
    this.completions.push({ title, round: this.#round, endedAtMs: Date.now() });
    await this.#stage.simulator.setStatus(id, endsAs);
  }

  /** Kills the run at an instant of this sort. It gets away if the instant does not come. */
  async #strike(run: HiddenApp, instant: Instant, untold: number): Promise<void> {
    const { simulator, daemon, dataFolder } = this.#stage;
    const disarm = await strike(instant, {
      ...{ run, simulator, daemon, untold },
      random: this.#random,
      limitMs: STRIKE_LIMIT_MS,
    });
    const limit = new AbortController();
    const late = delay(STRIKE_LIMIT_MS, 'late', { signal: limit.signal }).catch(() => {});
    await Promise.race([run.ended, late]);
    limit.abort();
    await disarm();
    if (run.alive) return;
    const life = this.#runs.length;
    this.kills.push({
      ...{ instant, life, round: this.#round, name: instant, atMs: run.endedAtMs },
      outbox: readOutbox(dataFolder, this.databaseAfter(life)),
    });
  }

  /** Where the database of a run that was killed is. */
  databaseAfter(life: number): string {
    return join(this.#folder, `database-after-${life}`);
  }

  /**
   * Waits until the run has told all that ended, has asked both services, and shows the work under
   * way. What is missing then is lost: it is not waited for again.
   */
  async #settled(run: HiddenApp, work: readonly Work[]): Promise<void> {
    const { tray, simulator } = this.#stage;
    const options = { timeoutMs: SETTLE_LIMIT_MS };
    const missing = () => this.#missing().filter((title) => !this.#givenUp.has(title));
    const asked = async () => {
      const counts = await simulator.counters();
      return FIRST_REQUESTS.every((name) => counts[name]);
    };
    // One after the other: a tray that is read all the time slows the telling.
    const conditions = async () => {
      await waitFor(missing, (titles) => titles.length === 0, { ...options, what: 'the telling' });
      await waitFor(asked, (yes) => yes, { ...options, what: 'the first requests' });
      await tray.waitFor(({ menu }) => work.every(({ title }) => isIn(menu, title)), options);
    };
    const where = `in run ${this.#runs.length}, round ${this.#round}`;
    const ended = run.ended.then(() => {
      throw new Error(`the app ended by itself ${where}`);
    });
    // It ends at some time, when nobody waits for it here any more.
    ended.catch(() => {});
    const problem = await Promise.race([
      ended,
      conditions().then(
        () => null,
        (error: Error) => error.message,
      ),
    ]);
    if (problem === null) return;
    this.problems.push(`not settled ${where}: ${problem.slice(0, 300)}`);
    for (const title of missing()) this.#givenUp.add(title);
  }

  /** Titles that were not on D-Bus, read anew only when there is something new. */
  #missing(): string[] {
    const { notifications } = this.#stage.daemon;
    const state = `${notifications.length} ${this.completions.length} ${this.#runs.length}`;
    if (this.#lost.state !== state) this.#lost = { state, titles: this.verdict.lost };
    return this.#lost.titles;
  }

  #allTold(): (Told | null)[] {
    const { notifications } = this.#stage.daemon;
    const titles = this.completions.map(({ title }) => title);
    for (const shown of notifications.slice(this.#told.length)) {
      const told = readNotification(shown, titles);
      if (told === null) this.problems.push(`unreadable: ${shown.summary}: ${shown.body}`);
      this.#told.push(told);
    }
    return this.#told;
  }
}

function isIn(menu: readonly MenuItem[], title: string): boolean {
  return menu.some(({ label, children }) => label.includes(title) || isIn(children, title));
}
