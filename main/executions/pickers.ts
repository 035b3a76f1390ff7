import type { Choice, Choices } from '../domain/choice';
import type { Executions } from '../domain/execution';
import { type ServiceRead, serviceRead } from '../domain/service-read';
import type { ExecutionDeps } from './deps';
import type { Titles } from './titles';

/** The lists from which a user picks what to start. */
export function createExecutionPickers(deps: Pick<ExecutionDeps, 'connection'>, titles: Titles) {
  async function choices<T extends Choice>(
    accountId: string,
    list: (executions: Executions) => Promise<Choices<T>>,
  ): Promise<ServiceRead<Choices<T>>> {
    const read = await serviceRead(deps.connection(accountId), (one) => one.executions, list);
    if ('value' in read && read.value.readable) titles.learn(accountId, read.value.choices);
    return read;
  }

  return {
    items: (accountId: string) => choices(accountId, (executions) => executions.items()),
    reporters: (accountId: string) => choices(accountId, (executions) => executions.reporters()),
    collections: (accountId: string) =>
      choices(accountId, (executions) => executions.collections()),
    workflows: (accountId: string, reporterId: string) =>
      choices(accountId, (executions) => executions.workflows(reporterId)),
    schedules: (accountId: string, reporterId: string) =>
      choices(accountId, (executions) => executions.schedules(reporterId)),
  };
}
