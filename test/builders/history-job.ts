import type { HistoryJob } from '../../preload/contract';

/** An execution that took a minute, as the history lists it. */
export function sampleHistoryJob(changes: Partial<HistoryJob> = {}): HistoryJob {
  return {
    id: 'a1/execution/exc_1',
    accountId: 'a1',
    service: 'clipping',
    kind: 'execution',
    remoteId: 'exc_1',
    title: null,
    phase: 'done',
    remoteStatus: 'done',
    gone: false,
    startedAtMs: 1_000,
    endedAtMs: 61_000,
    hasResult: false,
    failure: null,
    ...changes,
  };
}
