import type { ScheduleRun } from '../types';
import type { World } from '../world';
import { createExecution } from './lifecycle';

/** Whether a run is still active: not yet dispatched, or one of its executions has not ended. */
export function runIsLive(world: World, run: ScheduleRun): boolean {
  if (run.dispatchAtMs !== null) return true;
  return run.executionIds.some((id) => world.executions.get(id)?.finishedAtMs === null);
}

/**
 * Starts a run of a schedule; its executions appear a little later, since the trigger returns none.
 */
export function startRun(world: World, scheduleId: string, accountId: string): ScheduleRun {
  const schedule = world.schedules.get(scheduleId);
  if (!schedule) throw new Error(`no schedule ${scheduleId}`);
  const nowMs = world.clock.now();
  world.nextRunId += 1;
  const run: ScheduleRun = {
    id: world.nextRunId,
    reporterId: schedule.reporterId,
    scheduleId,
    accountId,
    startedAtMs: nowMs,
    dispatchAtMs: nowMs + world.config.scheduleDispatchMs,
    executionIds: [],
  };
  world.runs.set(run.id, run);
  return run;
}

/** Makes the executions of every run whose time has come. */
export function dispatchDueRuns(world: World, nowMs: number): void {
  for (const run of world.runs.values()) {
    if (run.dispatchAtMs === null || run.dispatchAtMs > nowMs) continue;
    const schedule = world.schedules.get(run.scheduleId);
    const itemIds = (schedule?.collectionIds ?? []).flatMap(
      (id) => world.collections.get(id)?.itemIds ?? [],
    );
    const count = world.config.executionsPerRun;
    for (let index = 0; index < count; index += 1) {
      const execution = createExecution(world, {
        accountId: run.accountId,
        payerAccountId: world.reporters.get(run.reporterId)?.accountId ?? run.accountId,
        kind: 'scheduled',
        itemId: itemIds[index % Math.max(1, itemIds.length)] ?? null,
        reporterId: run.reporterId,
        workflowId: schedule?.workflowId ?? null,
        scheduleId: run.scheduleId,
        runId: run.id,
        atMs: run.dispatchAtMs,
      });
      run.executionIds.push(execution.id);
    }
    run.dispatchAtMs = null;
  }
}
