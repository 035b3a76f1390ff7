import type { HistoryFilter } from '../../../preload/contract';

export const HISTORY_PHASES = ['active', 'done', 'failed', 'unknown'] as const;

/** Which days a job may have begun in; `day` is one day of the user's choice. */
export const DAY_CHOICES = ['any', 'today', 'week', 'month', 'day'] as const;
export type DayChoice = (typeof DAY_CHOICES)[number];

/** The state of the filters above the history. */
export interface HistoryChoice
  extends Pick<HistoryFilter, 'text' | 'service' | 'accountId' | 'phase'> {
  days: DayChoice;
  /** In the format of a date field, `2026-11-22`; empty while none is chosen. */
  day: string;
}

/** Filters nothing out. */
export const ANY_JOB: HistoryChoice = {
  text: '',
  service: null,
  accountId: null,
  phase: null,
  days: 'any',
  day: '',
};

/** A local day in the format of a date field. */
export function dayOf(atMs: number): string {
  const at = new Date(atMs);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${String(at.getFullYear()).padStart(4, '0')}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

/** Local midnight, `daysAway` days from `at`: days on which the clocks change are not 24 hours long. */
function midnightMs(at: Date, daysAway: number): number {
  return new Date(at.getFullYear(), at.getMonth(), at.getDate() + daysAway).getTime();
}

function rangeOf(
  { days, day }: HistoryChoice,
  nowMs: number,
): { fromMs: number | null; toMs: number | null } {
  const now = new Date(nowMs);
  switch (days) {
    case 'any':
      return { fromMs: null, toMs: null };
    case 'today':
      return { fromMs: midnightMs(now, 0), toMs: null };
    case 'week':
      return { fromMs: midnightMs(now, -6), toMs: null };
    case 'month':
      return { fromMs: midnightMs(now, -29), toMs: null };
    case 'day': {
      const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
      // A year that is still being typed, such as 0002, is not a day to search for.
      if (!(year >= 1970 && month >= 1 && date >= 1)) return { fromMs: null, toMs: null };
      const chosen = new Date(year, month - 1, date);
      return { fromMs: midnightMs(chosen, 0), toMs: midnightMs(chosen, 1) };
    }
  }
}

/** The filter to send to main. Days begin at local midnight. */
export function toHistoryFilter(choice: HistoryChoice, nowMs: number): HistoryFilter {
  const { service, accountId, phase } = choice;
  return { text: choice.text.trim(), service, accountId, phase, ...rangeOf(choice, nowMs) };
}

/** Whether nothing is filtered out. */
export function isUnfiltered(choice: HistoryChoice): boolean {
  const { text, service, accountId, phase, fromMs, toMs } = toHistoryFilter(choice, 0);
  return (
    text === '' &&
    service === null &&
    accountId === null &&
    phase === null &&
    fromMs === null &&
    toMs === null
  );
}
