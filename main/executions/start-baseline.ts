import type { Executions, StartBaseline, StartRequest } from '../domain/execution';
import type { JobObservation } from '../domain/job';
import { failureOf } from '../domain/service-failure';
import type { ExecutionDeps } from './deps';

/**
 * The executions from before a start: those known here, and those in the lists that will be searched if
 * its answer names none. A row may have no time, so nothing else tells what is older.
 */
export async function startBaseline(
  { starts, connection, clock }: Pick<ExecutionDeps, 'starts' | 'connection' | 'clock'>,
  executions: Executions,
  accountId: string,
  request: StartRequest,
): Promise<StartBaseline> {
  const knownIds = starts.executionIds(accountId);
  let isPartial = false;
  const addAll = async (list: Promise<JobObservation[]>) => {
    try {
      for (const { remoteId } of await list) knownIds.add(remoteId);
    } catch (error) {
      const { problem } = failureOf(error);
      // A service without the list will not show anything in it later either.
      if (problem !== 'not-found' && problem !== 'rejected') isPartial = true;
    }
  };
  const own = connection(accountId)?.listEnded;
  await Promise.all([
    request.kind === 'transcript' ? null : addAll(executions.ofReporter(request.reporterId)),
    own ? addAll(own().then(({ observations }) => observations)) : null,
  ]);
  return { sinceMs: clock.nowMs(), knownIds, isPartial };
}
