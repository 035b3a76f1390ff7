import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { HiddenApp } from '../../desktop/hidden-app';
import type { Stage } from '../../desktop/stage';
import type { MenuItem } from '../../desktop/tray-host';
import { waitFor } from '../../desktop/wait';
import { armKill } from './arm-kill';
import { readOutbox } from './outbox';
import { AWAY_INSTANT, type Instant, type Round } from './plan';
import { readNotification } from './read-notification';
import type { KillRecord } from './table';
import {
  type AppRun,
  type Completion,
  judge,
  type SeenNotification,
  type Verdict,
} from './verdict';

/** How long an armed kill waits for its instant; after that the run survives. */
const KILL_LIMIT_MS = 15_000;
/** By then a run that is left alone shows the work under way and has notified of all that ended. */
const SETTLE_LIMIT_MS = 120_000;
/** How many clips exist before the accounts are watched: each can be rendered once. */
const CLIPS = 100;
/** Work goes on until it is ended by hand. */
const ENDLESS_MS = 24 * 60 * 60_000;
/** The first requests of a run, as the simulator counts them. */
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
  readonly kills: KillRecord[] = [];
  readonly problems: string[] = [];
  readonly #stage: Stage;
  readonly #folder: string;
  readonly #random: () => number;
  /** Each run, with the index of its first notification among all. */
  readonly #runs: { run: HiddenApp; from: number }[] = [];
  readonly #notifications: (SeenNotification | null)[] = [];
  readonly #clips: { id: string; title: string }[] = [];
  /** Titles that were missing for too long: no later run waits for them. */
  readonly #abandoned = new Set<string>();
  #lost: { state: string; titles: string[] } = { state: '', titles: [] };
  #round = 0;

  /** The databases of killed runs go to `folder`. */
  constructor(stage: Stage, folder: string, random: () => number) {
    this.#stage = stage;
    this.#folder = folder;
    this.#random = random;
  }

  /** Call it before accounts are added: what is older than its account is not notified. */
  async makeClips(): Promise<void> {
    for (let index = 1; index <= CLIPS; index += 1) {
      const title = `Render ${String(index).padStart(4, '0')}`;
      const [clip] = await this.#stage.simulator.createClips({ status: 'ready', title });
      if (clip) this.#clips.push({ id: clip.id, title });
    }
  }

  /** Each run with its notifications; the last one may go on. */
  get runs(): AppRun[] {
    const notifications = this.#readNotifications();
    return this.#runs.map(({ from }, index) => ({
      number: index + 1,
      notifications: notifications
        .slice(from, this.#runs[index + 1]?.from)
        .flatMap((one) => one ?? []),
      kill: this.kills.find(({ runNumber }) => runNumber === index + 1) ?? null,
    }));
  }

  get verdict(): Verdict {
    return judge(this.completions, this.runs);
  }

  /**
   * Plays a round: the app starts while work is under way, the work ends, and the app is killed
   * around that moment. What it did not notify is left to the run with which the next round, or
   * `finish`, begins.
   */
  async play(round: Round): Promise<void> {
    this.#round += 1;
    const work = await this.#makeWork(round);
    const run = await this.#start();
    await this.#settled(run, work);
    if (round.first === AWAY_INSTANT) await this.#armKill(run, round.first, work.length);
    const [first, ...others] = work;
    if (first) await this.#end(first);
    const ended = Promise.all(
      others.map(async (one) => {
        if (round.spreadMs > 0) await delay(this.#random() * round.spreadMs);
        await this.#end(one);
      }),
    );
    if (run.alive) await this.#armKill(run, round.first, work.length);
    await ended;
    for (const instant of round.later) {
      await this.#quit();
      const again = await this.#start();
      const undelivered = this.verdict.lost.length;
      // Where nothing is left to be notified, no digest will come.
      const chosen = instant === 'in the digest' && undelivered === 0 ? 'as it starts' : instant;
      await this.#armKill(again, chosen, undelivered);
    }
    await this.#quit();
  }

  /** One run that notifies of what is left, and another that must have nothing to notify. */
  async finish(): Promise<void> {
    for (let run = 0; run < 2; run += 1) {
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

  /** Ends a run that survived, once it has notified of everything. */
  async #quit(): Promise<void> {
    const { run } = this.#runs.at(-1) ?? {};
    if (!run?.alive) return;
    await this.#settled(run, []);
    await run.stop();
  }

  /** Makes work of all kinds while the app does not run, so that its first answers show it. */
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
      // Only the list of clips shows that something happened to this one.
      await simulator.editClip(clip.id);
      work.push({ id, title: clip.title, endsAs: 'completed' });
    }
    return work;
  }

  async #end({ id, title, endsAs }: Work): Promise<void> {
    this.completions.push({ title, round: this.#round, endedAtMs: Date.now() });
    await this.#stage.simulator.setStatus(id, endsAs);
  }

  /** Kills the run at an instant of this kind. It survives if the instant does not come. */
  async #armKill(run: HiddenApp, instant: Instant, undelivered: number): Promise<void> {
    const { simulator, daemon, dataFolder } = this.#stage;
    const disarm = await armKill(instant, {
      ...{ run, simulator, daemon, undelivered },
      random: this.#random,
      limitMs: KILL_LIMIT_MS,
    });
    const limit = new AbortController();
    const late = delay(KILL_LIMIT_MS, 'late', { signal: limit.signal }).catch(() => {});
    await Promise.race([run.ended, late]);
    limit.abort();
    await disarm();
    if (run.alive) return;
    const runNumber = this.#runs.length;
    this.kills.push({
      ...{ instant, runNumber, round: this.#round, name: instant, atMs: run.endedAtMs },
      outbox: readOutbox(dataFolder, this.databaseAfter(runNumber)),
    });
  }

  /** Where the database of a run that was killed is. */
  databaseAfter(runNumber: number): string {
    return join(this.#folder, `database-after-${runNumber}`);
  }

  /**
   * Waits until the run has notified of all that ended, has polled both services, and shows the work
   * under way. What is missing by then is lost: no later run waits for it.
   */
  async #settled(run: HiddenApp, work: readonly Work[]): Promise<void> {
    const { tray, simulator } = this.#stage;
    const options = { timeoutMs: SETTLE_LIMIT_MS };
    const missing = () => this.#missing().filter((title) => !this.#abandoned.has(title));
    const asked = async () => {
      const counts = await simulator.counters();
      return FIRST_REQUESTS.every((name) => counts[name]);
    };
    // One after the other: reading the tray all the time slows the notifications.
    const conditions = async () => {
      await waitFor(missing, (titles) => titles.length === 0, {
        ...options,
        what: 'the notifications',
      });
      await waitFor(asked, (yes) => yes, { ...options, what: 'the first requests' });
      await tray.waitFor(({ menu }) => work.every(({ title }) => isIn(menu, title)), options);
    };
    const where = `in run ${this.#runs.length}, round ${this.#round}`;
    const ended = run.ended.then(() => {
      throw new Error(`the app ended by itself ${where}`);
    });
    // The run ends later, when this promise has no listener any more.
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
    for (const title of missing()) this.#abandoned.add(title);
  }

  /** Titles that were not on D-Bus; worked out again only when something has changed. */
  #missing(): string[] {
    const { notifications } = this.#stage.daemon;
    const state = `${notifications.length} ${this.completions.length} ${this.#runs.length}`;
    if (this.#lost.state !== state) this.#lost = { state, titles: this.verdict.lost };
    return this.#lost.titles;
  }

  #readNotifications(): (SeenNotification | null)[] {
    const { notifications } = this.#stage.daemon;
    const titles = this.completions.map(({ title }) => title);
    for (const shown of notifications.slice(this.#notifications.length)) {
      const seen = readNotification(shown, titles);
      if (seen === null) this.problems.push(`unreadable: ${shown.summary}: ${shown.body}`);
      this.#notifications.push(seen);
    }
    return this.#notifications;
  }
}

function isIn(menu: readonly MenuItem[], title: string): boolean {
  return menu.some(({ label, children }) => label.includes(title) || isIn(children, title));
}
