import { useCallback, useEffect, useRef, useState } from 'react';
import type { ClipPage, ClipRecord, PageCursor } from '../../../../preload/contract';
import { useCliptray } from '../../state/context';
import type { ReadFailure } from './use-clip';

/** Appends a page. A clip that a page repeats, because the list moved meanwhile, is not added twice. */
export function appendPage(clips: ClipRecord[], page: ClipPage): ClipRecord[] {
  const known = new Set(clips.map(({ id }) => id));
  return [...clips, ...page.clips.filter(({ id }) => !known.has(id))];
}

/** The clips of an account, page by page. */
export function useClipPages(accountId: string) {
  const { actions } = useCliptray();
  const [clips, setClips] = useState<ClipRecord[]>([]);
  const [totalCount, setTotalCount] = useState<number | null>(null);
  /** Undefined until the first page is here; null at the end. */
  const [next, setNext] = useState<PageCursor | null | undefined>(undefined);
  const [isReading, setIsReading] = useState(false);
  const [failure, setFailure] = useState<ReadFailure | null>(null);
  const isOpen = useRef(true);

  const read = useCallback(
    async (cursor: PageCursor | null) => {
      setIsReading(true);
      const done = await actions.run('clips.page', { accountId, cursor });
      if (!isOpen.current) return;
      setIsReading(false);
      if (!done) return;
      if ('problem' in done.response) {
        setFailure(done.response);
        return;
      }
      const page = done.response.value;
      setFailure(null);
      setClips((before) => appendPage(cursor === null ? [] : before, page));
      setTotalCount(page.totalCount);
      setNext(page.next);
    },
    [actions, accountId],
  );

  useEffect(() => {
    isOpen.current = true;
    void read(null);
    return () => {
      isOpen.current = false;
    };
  }, [read]);

  return { clips, totalCount, next, isReading, failure, read };
}
