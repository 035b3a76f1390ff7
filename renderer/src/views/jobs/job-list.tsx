import { memo, useEffect, useMemo, useRef, useState } from 'react';
import { Collection, GridList, GridListItem, GridListLoadMoreItem } from 'react-aria-components';
import type { ClipLine } from '../../../../preload/contract';
import { useCliptray, useTranslator } from '../../state/context';
import { LineRow } from './line-row';
import { useQueueKeys } from './use-queue-keys';
import { useTarget } from './use-target';

const FIRST_COUNT = 60;
const STEP_COUNT = 30;

interface Entry {
  id: string;
  title: string;
}

/** One entry per line; the same array as long as order and titles do not change. */
export function useEntries(lines: ClipLine[]): Entry[] {
  const known = useRef(new Map<string, Entry>());
  const before = useRef<Entry[]>([]);
  return useMemo(() => {
    const next = lines.map((line) => {
      const entry = known.current.get(line.id);
      return entry?.title === line.title ? entry : { id: line.id, title: line.title };
    });
    known.current = new Map(next.map((entry) => [entry.id, entry]));
    const isSame =
      next.length === before.current.length &&
      next.every((entry, index) => entry === before.current[index]);
    if (!isSame) before.current = next;
    return before.current;
  }, [lines]);
}

/**
 * The list. It knows only order and titles, and each row subscribes to its own line, so a change of
 * one line renders one row: React Aria renders every row again when the list's items change.
 * Rows are added in steps as the user scrolls. Those out of view are neither laid out nor painted
 * (`content-visibility`), yet can be found and focused, unlike in a virtual list.
 */
export const JobList = memo(function JobList({ entries }: { entries: Entry[] }) {
  const t = useTranslator();
  const { actions, app, window: windowState } = useCliptray();
  const listRef = useRef<HTMLDivElement>(null);
  const [limit, setLimit] = useState(FIRST_COUNT);
  const onKeyDownCapture = useQueueKeys();
  const targetIndex = useTarget(listRef, entries);
  useEffect(() => {
    if (targetIndex >= 0) setLimit((count) => Math.max(count, targetIndex + STEP_COUNT));
  }, [targetIndex]);
  const shown = useMemo(() => entries.slice(0, limit), [entries, limit]);

  return (
    <div className="lines-keys" onKeyDownCapture={onKeyDownCapture}>
      <GridList
        ref={listRef}
        className="lines"
        aria-label={t.text('jobs.list')}
        selectionMode="none"
        keyboardNavigationBehavior="tab"
        onAction={(key) => {
          const line = app.get()?.lines[String(key)];
          if (line) actions.setExpanded(line, !windowState.get().expanded.has(line.id));
        }}
      >
        <Collection items={shown}>
          {(entry) => (
            <GridListItem textValue={entry.title} className="line">
              <LineRow lineId={entry.id} />
            </GridListItem>
          )}
        </Collection>
        <GridListLoadMoreItem
          onLoadMore={
            entries.length > limit ? () => setLimit((count) => count + STEP_COUNT) : undefined
          }
        />
      </GridList>
    </div>
  );
});
