import type { UploadEvent, UploadLog, UploadStep } from '../../../../preload/contract';
import type { MessageKey, Translator } from '../../../../preload/messages';

/** One entry of the timeline; consecutive events of the same kind are merged into one. */
interface LogEntry {
  atMs: number;
  /** When the last of the merged events happened. */
  lastAtMs: number;
  event: UploadEvent;
  count: number;
  /** Total waiting time of the merged events. */
  waitedMs: number;
  /** The part that all merged events are about, or null. */
  partNumber: number | null;
}

function partOf(event: UploadEvent): number | null {
  return 'partNumber' in event ? event.partNumber : null;
}

function isAlike(a: UploadEvent, b: UploadEvent): boolean {
  if (a.kind === 'waited')
    return b.kind === 'waited' && a.step === b.step && a.problem === b.problem;
  return a.kind === 'signed-again' && b.kind === 'signed-again';
}

/**
 * The timeline, oldest first. A night without a network is one step, not a thousand.
 */
export function toEntries(events: UploadLog['events']): LogEntry[] {
  const entries: LogEntry[] = [];
  for (const { atMs, event } of events) {
    const waitMs = event.kind === 'waited' ? event.waitMs : 0;
    const last = entries.at(-1);
    if (last && isAlike(last.event, event)) {
      last.lastAtMs = atMs;
      last.count += 1;
      last.waitedMs += waitMs;
      if (last.partNumber !== partOf(event)) last.partNumber = null;
    } else {
      const partNumber = partOf(event);
      entries.push({ atMs, lastAtMs: atMs, event, count: 1, waitedMs: waitMs, partNumber });
    }
  }
  return entries;
}

export type EntryTone = 'waiting' | 'attention' | 'failed' | 'done';

/** The colour of an entry. */
export function entryTone({ kind }: UploadEvent): EntryTone {
  switch (kind) {
    case 'waited':
    case 'signed-again':
    case 'started-over':
    case 'grown':
    case 'changed-since':
      return 'attention';
    case 'failed':
    case 'expired':
      return 'failed';
    case 'sent':
      return 'done';
    default:
      return 'waiting';
  }
}

function waitedKey(entry: LogEntry, step: UploadStep): MessageKey {
  if (step !== 'part') return `log.waited.${step}`;
  return entry.partNumber === null ? 'log.waited.parts' : 'log.waited.part';
}

/** An entry as text: what happened, and why, if there is a reason. */
export function entryText(
  t: Translator,
  service: string,
  entry: LogEntry,
  nowMs: number,
): { title: string; note: string | null } {
  const { event, count, partNumber } = entry;
  const number = partNumber ?? 0;
  switch (event.kind) {
    case 'opened': {
      const values = { service, count: event.partCount, size: t.size(event.partSizeBytes) };
      return { title: t.text('log.opened', values), note: null };
    }
    case 'started':
      return { title: t.text('log.started', { missing: event.missingParts }), note: null };
    case 'waited': {
      const problem = t.text(`problem.${event.problem}`, { service });
      const duration = t.shortDuration(entry.waitedMs);
      return {
        title: t.text(waitedKey(entry, event.step), { service, number }),
        note:
          count === 1
            ? t.text('log.waited.once', { problem, duration })
            : t.text('log.waited.often', {
                problem,
                duration,
                count,
                time: t.clock(entry.lastAtMs, nowMs),
              }),
      };
    }
    case 'signed-again':
      return { title: t.text('log.signed-again', { count, number }), note: null };
    case 'compared': {
      const note = t.text('log.compared.parts', {
        kept: event.keptParts,
        changed: event.changedParts,
      });
      return { title: t.text('log.compared'), note };
    }
    case 'completing':
      return { title: t.text('log.completing', { count: event.partCount }), note: null };
    case 'failed':
      return {
        title: t.text('log.failed'),
        note: t.text(`problem.${event.problem}`, { service }),
      };
    default:
      return { title: t.text(`log.${event.kind}`, { service }), note: null };
  }
}
