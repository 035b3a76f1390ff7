import { useEffect, useRef } from 'react';
import { GridList, GridListItem } from 'react-aria-components';
import type { Line } from '../../../../preload/contract';
import { useCliptray, useTranslator } from '../../state/context';
import { LineRow } from './line-row';
import { useTarget } from './use-target';

/**
 * The list. Rows far outside the window are not laid out or painted (`content-visibility`), which keeps
 * hundreds smooth and, unlike a virtual list, leaves every row findable and focusable.
 */
export function JobList({ lines }: { lines: Line[] }) {
  const t = useTranslator();
  const { actions, window: windowState } = useCliptray();
  const listRef = useRef<HTMLDivElement>(null);
  const linesRef = useRef(lines);
  useEffect(() => {
    linesRef.current = lines;
  }, [lines]);
  useTarget(listRef, lines);
  return (
    <GridList
      ref={listRef}
      className="lines"
      aria-label={t.text('jobs.list')}
      items={lines}
      selectionMode="none"
      keyboardNavigationBehavior="tab"
      onAction={(key) => {
        const line = linesRef.current.find((each) => each.id === key);
        if (line) actions.setExpanded(line, !windowState.get().expanded.has(line.id));
      }}
    >
      {(line) => (
        <GridListItem textValue={line.title} className="line">
          <LineRow line={line} />
        </GridListItem>
      )}
    </GridList>
  );
}
