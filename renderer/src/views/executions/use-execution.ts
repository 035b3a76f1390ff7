import { useEffect, useState } from 'react';
import type { ClipLine, ExecutionView, ServiceRead } from '../../../../preload/contract';
import { useAppState, useCliptray } from '../../state/context';

/** The line of a job, if it is listed. */
function useLineOf(jobId: string): ClipLine | undefined {
  return useAppState((state) =>
    Object.values(state.lines).find(({ jobIds }) => jobIds.includes(jobId)),
  );
}

/**
 * What the service says about an execution: `undefined` until it is read. It is read again when the
 * execution has advanced, and when the user asks; each read may cost a thousandth of a coin.
 */
export function useExecution(jobId: string) {
  const { actions } = useCliptray();
  const line = useLineOf(jobId);
  const version = line ? `${line.stage} ${line.remoteStatus}` : '';
  const [read, setRead] = useState<ServiceRead<ExecutionView>>();
  const [isReading, setIsReading] = useState(true);
  const [rereads, setRereads] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new version is the reason to read.
  useEffect(() => {
    let isOpen = true;
    const load = async () => {
      setIsReading(true);
      const done = await actions.run('execution.detail', { jobId });
      if (!isOpen) return;
      setIsReading(false);
      if (done) setRead(done.response);
    };
    void load();
    return () => {
      isOpen = false;
    };
  }, [actions, jobId, version, rereads]);

  return { line, read, isReading, readAgain: () => setRereads((count) => count + 1) };
}
