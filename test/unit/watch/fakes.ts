import type { Clock } from '../../../main/domain/clock';
import type { Job, JobObservation, Snapshot } from '../../../main/domain/job';

/** A clock that stands still until it is moved; timers run in their order, with pending promises. */
export class FakeClock implements Clock {
  #nowMs = 1_800_000_000_000;
  #timers: { atMs: number; task: () => void }[] = [];

  nowMs(): number {
    return this.#nowMs;
  }

  after(delayMs: number, task: () => void): () => void {
    const timer = { atMs: this.#nowMs + delayMs, task };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  /** Sets the clock, as a sleep or a correction does; timers keep what they still have to wait. */
  jump(byMs: number): void {
    this.#nowMs += byMs;
    for (const timer of this.#timers) timer.atMs += Math.min(byMs, 0);
  }

  /** Moves the time, running what is due on the way. */
  async advance(byMs: number): Promise<void> {
    const untilMs = this.#nowMs + byMs;
    await settle();
    for (;;) {
      const next = this.#timers
        .filter((timer) => timer.atMs <= untilMs)
        .sort((a, b) => a.atMs - b.atMs)[0];
      if (!next) break;
      this.#timers = this.#timers.filter((timer) => timer !== next);
      this.#nowMs = Math.max(this.#nowMs, next.atMs);
      next.task();
      await settle();
    }
    this.#nowMs = untilMs;
  }
}

/** Lets everything that waits only for resolved promises run. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}

/** One answer about one job, running unless told otherwise. */
export function observation(changes: Partial<JobObservation> = {}): JobObservation {
  return {
    kind: 'execution',
    remoteId: 'exc_1',
    clipId: null,
    title: null,
    phase: 'running',
    remoteStatus: 'running',
    createdAtMs: null,
    endedAtMs: null,
    resultUrl: null,
    failure: null,
    estimatedDurationMs: null,
    candidateId: null,
    clip: null,
    revisionMark: null,
    ...changes,
  };
}

/** A snapshot of a list that shows all active executions. */
export function activeList(...observations: JobObservation[]): Snapshot {
  return { observations, covers: { kind: 'execution', clipId: null } };
}

/** A snapshot that proves nothing about what is missing in it. */
export function single(...observations: JobObservation[]): Snapshot {
  return { observations, covers: null };
}

/** Known jobs by id, as reconcile wants them. */
export function known(...jobs: Job[]): Map<string, Job> {
  return new Map(jobs.map((job) => [job.id, job]));
}
