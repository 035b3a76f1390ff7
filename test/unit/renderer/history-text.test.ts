import { describe, expect, it } from 'vitest';
import type { ClipLine, EventSource, JobEvent, JobKind, Phase } from '../../../preload/contract';
import { createTranslator } from '../../../preload/messages';
import {
  ANY_JOB,
  dayOf,
  isUnfiltered,
  toHistoryFilter,
} from '../../../renderer/src/state/history-filter';
import { jobVersion } from '../../../renderer/src/state/job-version';
import {
  eventText,
  jobDurationMs,
  stateText,
  titleOf,
} from '../../../renderer/src/views/history/job-text';
import { sampleLine } from '../../builders/clip-line';
import { sampleHistoryJob } from '../../builders/history-job';

const TYPES = {
  found: true,
  phase: true,
  'left-list': true,
  back: true,
  gone: true,
} satisfies Record<JobEvent['type'], true>;
const SOURCES = {
  list: true,
  read: true,
  start: true,
  upload: true,
  removal: true,
} satisfies Record<EventSource, true>;
const PHASES = {
  waiting: true,
  running: true,
  done: true,
  failed: true,
  unknown: true,
} satisfies Record<Phase, true>;
const KINDS = { processing: true, render: true, execution: true } satisfies Record<JobKind, true>;

const keys = <K extends string>(record: Record<K, true>) => Object.keys(record) as K[];

function event(part: Partial<JobEvent>): JobEvent {
  return {
    jobId: 'j',
    atMs: 0,
    source: 'list',
    type: 'phase',
    fromPhase: null,
    toPhase: 'running',
    remoteStatus: 'running',
    ...part,
  };
}

describe('the timeline of a job', () => {
  it.each(['en-GB', 'pt-BR'])('has words for everything that can happen in %s', (locale) => {
    const t = createTranslator(locale);
    const titles = new Map<string, string>();
    for (const type of keys(TYPES)) {
      for (const source of keys(SOURCES)) {
        for (const kind of keys(KINDS)) {
          for (const toPhase of keys(PHASES)) {
            const { title, note } = eventText(
              t,
              'Clipping',
              kind,
              event({ type, source, toPhase, remoteStatus: 'transmuting' }),
            );
            for (const text of [title, note ?? '']) {
              expect.soft(text).not.toMatch(/^(story|stage|history)\.|[{}]|undefined/);
            }
            titles.set(type, title);
          }
        }
      }
    }
    expect(new Set(titles.values()).size).toBe(titles.size);
  });

  it('quotes an unknown status word for word, and says how it was learned', () => {
    const t = createTranslator('en-GB');
    const unknown = event({ toPhase: 'unknown', remoteStatus: 'Transmuting…', source: 'read' });
    expect(eventText(t, 'Clipping', 'execution', unknown)).toEqual({
      tone: 'attention',
      title: 'Status “Transmuting…”',
      note: 'Asked Clipping about this job alone',
    });
  });
});

describe('a job in the history', () => {
  const job = sampleHistoryJob();
  const t = createTranslator('en-GB');

  it('is never without a name', () => {
    expect(titleOf(job)).toBe('exc_1');
    expect(titleOf({ ...job, title: 'Ep. 12' })).toBe('Ep. 12');
  });

  it('shows no duration that makes no sense, whatever the service’s clock says', () => {
    expect(jobDurationMs(job)).toBe(60_000);
    expect(jobDurationMs({ ...job, endedAtMs: 0 })).toBeNull();
    expect(jobDurationMs({ ...job, endedAtMs: null })).toBeNull();
  });

  it('is not called ready for rendering long after it was rendered', () => {
    expect(stateText(t, { ...job, kind: 'processing' })).toBe('Processed');
    expect(stateText(t, { ...job, kind: 'processing', phase: 'running' })).toBe('Processing');
    expect(stateText(t, { ...job, gone: true })).toBe('No longer listed');
  });
});

describe('the filters', () => {
  const nowMs = new Date(2026, 10, 22, 15, 30).getTime();

  it('begin and end days at midnight by the user’s clock', () => {
    const today = toHistoryFilter({ ...ANY_JOB, days: 'today' }, nowMs);
    expect(today.fromMs).toBe(new Date(2026, 10, 22).getTime());
    expect(today.toMs).toBeNull();
    const week = toHistoryFilter({ ...ANY_JOB, days: 'week' }, nowMs);
    expect(week.fromMs).toBe(new Date(2026, 10, 16).getTime());
    const month = toHistoryFilter({ ...ANY_JOB, days: 'month' }, nowMs);
    expect(month.fromMs).toBe(new Date(2026, 9, 24).getTime());
    const day = toHistoryFilter({ ...ANY_JOB, days: 'day', day: '2026-03-29' }, nowMs);
    expect(day.fromMs).toBe(new Date(2026, 2, 29).getTime());
    expect(day.toMs).toBe(new Date(2026, 2, 30).getTime());
  });

  it('look for all days while the day is half typed', () => {
    for (const day of ['', '0002-01-01', 'x']) {
      const filter = toHistoryFilter({ ...ANY_JOB, days: 'day', day }, nowMs);
      expect(filter, day).toMatchObject({ fromMs: null, toMs: null });
    }
  });

  it('offer to be cleared whenever one hides something', () => {
    expect(isUnfiltered({ ...ANY_JOB, text: '  ' })).toBe(true);
    expect(isUnfiltered({ ...ANY_JOB, text: 'a' })).toBe(false);
    expect(isUnfiltered({ ...ANY_JOB, phase: 'failed' })).toBe(false);
    expect(isUnfiltered({ ...ANY_JOB, days: 'today' })).toBe(false);
  });

  it('propose today’s date here, not the one in Greenwich', () => {
    expect(dayOf(new Date(2026, 0, 2, 23, 59).getTime())).toBe('2026-01-02');
    expect(dayOf(new Date(2026, 0, 2, 0, 1).getTime())).toBe('2026-01-02');
  });
});

describe('the history is read again', () => {
  const version = (part: Partial<ClipLine>) =>
    jobVersion({
      accounts: {},
      lines: { l: sampleLine({ changedAtMs: 10, active: true, jobIds: ['j'], ...part }) },
    });

  it('when a job changes, and not with each step of an estimate', () => {
    expect(version({ likelyEndAtMs: 99 })).toBe(version({}));
    expect(version({ changedAtMs: 11 })).not.toBe(version({}));
    expect(version({ jobIds: ['j', 'k'] })).not.toBe(version({}));
    expect(version({ active: false })).not.toBe(version({}));
  });
});
