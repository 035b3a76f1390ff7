import type { ExecutionStep, ExecutionSubject } from '../../main/domain/execution';
import type { ExecutionView } from '../../preload/contract';

const aboutNothing: ExecutionSubject = {
  kind: null,
  itemId: null,
  reporterId: null,
  workflowId: null,
  collectionId: null,
  scheduleId: null,
  lang: null,
};

/** A finished execution that made a transcript of an item, as its service tells it. */
export function sampleExecutionView({
  about,
  ...changes
}: Partial<Omit<ExecutionView, 'about'>> & {
  about?: Partial<ExecutionSubject>;
} = {}): ExecutionView {
  return {
    id: 'exc_1',
    title: 'The harbour',
    phase: 'done',
    remoteStatus: 'done',
    createdAtMs: null,
    startedAtMs: null,
    endedAtMs: null,
    failure: null,
    endedForLackOfBalance: false,
    costCoins: null,
    workflow: null,
    steps: [],
    about: { ...aboutNothing, itemId: 'itm_1', lang: 'en', ...about },
    raw: { text: '{}', cut: false },
    transcriptFeeCoins: 0.005,
    ...changes,
  };
}

/** A step that is done, without input and output. */
export function sampleExecutionStep(changes: Partial<ExecutionStep> = {}): ExecutionStep {
  return {
    position: 1,
    name: 'Fetch',
    toolId: null,
    remoteStatus: 'done',
    phase: 'done',
    input: null,
    output: null,
    failure: null,
    startedAtMs: null,
    endedAtMs: null,
    ...changes,
  };
}
