import type { ClipLine } from '../../../preload/contract';

/** Which lines the list shows. */
export type LineFilter = 'all' | 'active' | 'attention' | 'finished';

export const LINE_FILTERS = ['all', 'active', 'attention', 'finished'] as const;

/** Whether the line ended in a way that needs attention, or with an unknown status. */
function needsAttention(line: ClipLine): boolean {
  return (
    line.stage === 'upload-failed' ||
    line.stage === 'failed' ||
    line.stage === 'gone' ||
    line.stage === 'unknown'
  );
}

/** Whether a filter lets the line through. */
export function passes(line: ClipLine, filter: LineFilter): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'active':
      return line.active;
    case 'attention':
      return needsAttention(line);
    case 'finished':
      return !line.active && line.stage !== 'upload-paused' && line.stage !== 'upload-failed';
  }
}

const NOT_QUEUED = Number.MAX_SAFE_INTEGER;

function rank(line: ClipLine): number {
  return line.active ? 0 : line.stage === 'upload-paused' ? 1 : 2;
}

/**
 * Sorts lines: uploads in queue order, then other active lines, then paused uploads in the order in
 * which they were added (so that pausing all does not reverse them), then the most recently changed.
 */
export function inOrder(lines: Record<string, ClipLine>): ClipLine[] {
  return Object.values(lines).sort(
    (a, b) =>
      (a.upload?.queuePosition ?? NOT_QUEUED) - (b.upload?.queuePosition ?? NOT_QUEUED) ||
      rank(a) - rank(b) ||
      (rank(a) === 1 ? a.startedAtMs - b.startedAtMs : b.changedAtMs - a.changedAtMs) ||
      (a.id < b.id ? -1 : 1),
  );
}

/** Lines that match the filter and contain every word of the query in their title or account name. */
export function findLines(
  lines: ClipLine[],
  filter: LineFilter,
  query: string,
  accountName: (accountId: string) => string,
): ClipLine[] {
  const words = query.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return lines.filter((line) => {
    if (!passes(line, filter)) return false;
    if (words.length === 0) return true;
    const text = `${line.title} ${accountName(line.accountId)}`.toLocaleLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** How many lines each filter would show. */
export function countByFilter(lines: ClipLine[]): Record<LineFilter, number> {
  const counts = { all: lines.length, active: 0, attention: 0, finished: 0 };
  for (const line of lines) {
    if (line.active) counts.active += 1;
    if (needsAttention(line)) counts.attention += 1;
    if (passes(line, 'finished')) counts.finished += 1;
  }
  return counts;
}
