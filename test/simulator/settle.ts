import { settleClips } from './autoposting/lifecycle';
import { finishExecution, nextExecutionEventMs, stepExecution } from './clipping/lifecycle';
import { dispatchDueRuns } from './clipping/runs';
import type { World } from './world';

/**
 * Brings every object to where its plan has it at the clock's time. Called before each request and
 * each control command, so nothing needs a timer and a manual clock can jump over days.
 */
export function settle(world: World): void {
  settleClips(world);
  settleExecutions(world);
}

// Executions share a balance, so their events are taken in order of time, whoever they belong to.
function settleExecutions(world: World): void {
  const nowMs = world.clock.now();
  dispatchDueRuns(world, nowMs);
  for (;;) {
    let first = null;
    let firstMs = Number.POSITIVE_INFINITY;
    for (const execution of world.executions.values()) {
      const atMs = nextExecutionEventMs(execution);
      if (atMs !== null && atMs <= nowMs && atMs < firstMs) {
        first = execution;
        firstMs = atMs;
      }
    }
    if (!first) return;
    if (stepExecution(world, first, firstMs) === 'ended') finishExecution(world, first, firstMs);
  }
}
