import type { ServiceId } from '../domain/account';
import type { DurationSample } from '../domain/duration-statistics';
import type { EventSource, Job, JobObservation } from '../domain/job';
import { isActive, isTerminal } from '../domain/job';
import { durationSample } from './duration-model';
import { durationMs, type TimeSpan } from './job-duration';

/** A start between two answers further apart than this counts as unknown. */
const MAX_START_DOUBT_MS = 15 * 60_000;

/** What an answer reveals about when jobs started and ended. */
export interface SampledAnswer {
  source: EventSource;
  /** When the same request was answered before; null for the first time. */
  lastAnswerMs: number | null;
  nowMs: number;
}

/** Follows the jobs of one account from start to end, and samples the durations that are known. */
export class DurationSampler {
  /** Only jobs whose start we saw. */
  readonly #started = new Map<string, TimeSpan>();
  readonly #lastActiveAtMs = new Map<string, number>();

  /** Between which times the job started; null when that is not known. */
  startOf(jobId: string): TimeSpan | null {
    return this.#started.get(jobId) ?? null;
  }

  /** Notes a job that was not known before. */
  noteStart(job: Job, { source, lastAnswerMs, nowMs }: SampledAnswer): void {
    if (!isActive(job)) return;
    const isOurs = source === 'start' || source === 'upload';
    if (isOurs) this.#started.set(job.id, { fromMs: nowMs, untilMs: nowMs });
    else if (job.phase === 'waiting' && source === 'list' && lastAnswerMs !== null) {
      if (nowMs - lastAnswerMs >= MAX_START_DOUBT_MS) return;
      this.#started.set(job.id, { fromMs: Math.min(lastAnswerMs, nowMs), untilMs: nowMs });
    }
  }

  /** The job was seen to be active. */
  noteActive(jobId: string, nowMs: number): void {
    this.#lastActiveAtMs.set(jobId, nowMs);
  }

  /** How long a job that has just ended took, if that is known. */
  sample(
    service: ServiceId,
    job: Job,
    before: Job | undefined,
    seen: JobObservation | undefined,
    nowMs: number,
  ): DurationSample[] {
    if (!isTerminal(job.phase) || (before && !isActive(before))) return [];
    const lastActiveMs = this.#lastActiveAtMs.get(job.id) ?? 0;
    const tookMs = durationMs(
      { createdAtMs: job.createdAtMs, serviceEndMs: seen?.endedAtMs ?? null },
      this.startOf(job.id),
      { fromMs: Math.min(lastActiveMs, nowMs), untilMs: nowMs },
    );
    return tookMs === null ? [] : [durationSample(service, job, tookMs)];
  }

  /** The wall clock was set by `stepMs`. */
  clockSet(stepMs: number): void {
    for (const [jobId, { fromMs, untilMs }] of this.#started) {
      this.#started.set(jobId, { fromMs: fromMs + stepMs, untilMs: untilMs + stepMs });
    }
    for (const [jobId, atMs] of this.#lastActiveAtMs) {
      this.#lastActiveAtMs.set(jobId, atMs + stepMs);
    }
  }

  /** The job is over. */
  drop(jobId: string): void {
    this.#started.delete(jobId);
    this.#lastActiveAtMs.delete(jobId);
  }
}
