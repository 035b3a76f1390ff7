import type { HistoryJob, JobEvent, Stage } from '../../../../preload/contract';
import type { Translator } from '../../../../preload/messages';

/** What is needed of a job to describe its state. */
type JobState = Pick<HistoryJob, 'kind' | 'phase' | 'gone' | 'remoteStatus'>;

/** The stage whose icon represents the job. */
export function stageOf({ kind, phase, gone }: JobState): Stage {
  if (gone) return 'gone';
  if (phase !== 'running') return phase;
  return kind === 'processing' ? 'processing' : kind === 'render' ? 'rendering' : 'running';
}

/** The state of a job as text; an unknown status is quoted as the service writes it. */
export function stateText(t: Translator, job: JobState): string {
  const stage = stageOf(job);
  if (stage === 'unknown') return t.text('line.unknownStatus', { word: job.remoteStatus });
  if (stage === 'done') return t.text(`history.done.${job.kind}`);
  return t.text(`stage.${stage}`);
}

/** A job's title, or else its id at the service. */
export function titleOf({ title, remoteId }: Pick<HistoryJob, 'title' | 'remoteId'>): string {
  return title ?? remoteId;
}

/** How long a job took; null while it runs, and when the service's times make no sense. */
export function jobDurationMs({ startedAtMs, endedAtMs }: HistoryJob): number | null {
  return endedAtMs === null || endedAtMs < startedAtMs ? null : endedAtMs - startedAtMs;
}

type EntryTone = 'waiting' | 'running' | 'attention' | 'failed' | 'done';

function eventTone({ type, toPhase }: JobEvent): EntryTone {
  if (type === 'gone' || type === 'left-list') return 'attention';
  return toPhase === 'unknown' ? 'attention' : toPhase;
}

/** One event of a job as text: what happened, and how Cliptray learned of it. */
export function eventText(
  t: Translator,
  service: string,
  kind: HistoryJob['kind'],
  event: JobEvent,
): { tone: EntryTone; title: string; note: string | null } {
  const { type, toPhase, remoteStatus, source } = event;
  const state = stateText(t, { kind, phase: toPhase, gone: false, remoteStatus });
  return {
    tone: eventTone(event),
    title: type === 'phase' ? state : t.text(`timeline.${type}`, { state, service }),
    // "Seen in the list" would be wrong for a job that is missing from it.
    note: type === 'left-list' ? null : t.text(`timeline.source.${source}`, { service }),
  };
}
