import { useCallback, useEffect, useRef, useState } from 'react';
import type { ClipLine, ClipRecord, ServiceProblem } from '../../../../preload/contract';
import type { ClipRef } from '../../state/clip-actions';
import { useAppState, useCliptray } from '../../state/context';

/** Why something could not be read. */
export interface ReadFailure {
  problem: ServiceProblem;
  remoteText: string | null;
}

interface ClipReading {
  /** As last read; null until then. */
  clip: ClipRecord | null;
  failure: ReadFailure | null;
  isReading: boolean;
  read: () => Promise<void>;
}

/** The line of a clip, if there is one. */
export function useClipLine({ accountId, clipId }: ClipRef): ClipLine | null {
  return useAppState(
    (state) =>
      Object.values(state.lines).find(
        (line) => line.accountId === accountId && line.clipId === clipId,
      ) ?? null,
  );
}

/** A clip as its service has it, read when the component is mounted and whenever `read` is called. */
export function useClip({ accountId, clipId }: ClipRef): ClipReading {
  const { actions } = useCliptray();
  const [clip, setClip] = useState<ClipRecord | null>(null);
  const [failure, setFailure] = useState<ReadFailure | null>(null);
  const [isReading, setIsReading] = useState(true);
  const isOpen = useRef(true);

  const read = useCallback(async () => {
    setIsReading(true);
    const done = await actions.run('clip.read', { accountId, clipId });
    if (!isOpen.current) return;
    setIsReading(false);
    if (!done) return;
    if ('value' in done.response) {
      setClip(done.response.value);
      setFailure(null);
    } else setFailure(done.response);
  }, [actions, accountId, clipId]);

  useEffect(() => {
    isOpen.current = true;
    void read();
    return () => {
      isOpen.current = false;
    };
  }, [read]);

  return { clip, failure, isReading, read };
}
