import type { ExecutionDeps } from './deps';
import { createExecutionPickers } from './pickers';
import { createExecutionReader } from './reader';
import { createExecutionStarter } from './starter';
import { createTitles } from './titles';

/** Executions of all accounts: picking what to start, starting it, and reading what it leaves. */
export function createExecutions(deps: ExecutionDeps) {
  // What the pickers show is what a start is called.
  const titles = createTitles();
  return {
    ...createExecutionPickers(deps, titles),
    ...createExecutionStarter(deps, titles),
    ...createExecutionReader(deps),
  };
}

export type ExecutionService = ReturnType<typeof createExecutions>;
