import type { ExecutionDeps } from './deps';
import { createExecutionPickers } from './pickers';
import { createExecutionReader } from './reader';
import { createExecutionStarter } from './starter';
import { createTitles } from './titles';

/** Executions of all accounts: picking what to start, starting it, and reading what it produces. */
export function createExecutions(deps: ExecutionDeps) {
  // A started execution is named after what was picked.
  const titles = createTitles();
  return {
    ...createExecutionPickers(deps, titles),
    ...createExecutionStarter(deps, titles),
    ...createExecutionReader(deps),
  };
}

export type ExecutionService = ReturnType<typeof createExecutions>;
