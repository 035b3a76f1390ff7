import type { Executions, StartRequest } from '../domain/execution';
import type { StartCost, StartForm, StartOutcome } from '../domain/execution-start';
import { type JobObservation, jobId } from '../domain/job';
import { reason } from '../domain/logger';
import { mayHaveHappened } from '../domain/service-error';
import { failureOf } from '../domain/service-failure';
import { capabilityOf } from '../domain/service-read';
import type { ExecutionDeps } from './deps';
import { startBaseline } from './start-baseline';
import { pricedRequest, startRequest } from './start-request';
import { createStartSearches } from './start-searches';
import type { Titles } from './titles';

/** Starts work that costs money. A start is never sent twice. */
export function createExecutionStarter(deps: ExecutionDeps, titles: Titles) {
  const { polling, starts, logger } = deps;
  /** Starts under way: an identical start, as from a double click, joins the first. */
  const underWay = new Map<string, Promise<StartOutcome>>();

  const executionsOf = (accountId: string) =>
    capabilityOf(deps.connection(accountId), ({ executions }) => executions);

  async function cost(accountId: string, form: StartForm): Promise<StartCost> {
    const executions = executionsOf(accountId);
    const feeCoins = 'problem' in executions ? null : executions.feeCoins(pricedRequest(form));
    return {
      feeCoins,
      balanceCoins: await deps.readBalance(accountId),
      asks: feeCoins === null || feeCoins > deps.confirmOverCoins(),
    };
  }

  /** Follows started work from now on. What cannot be stored will be found by polling. */
  function follow(
    accountId: string,
    request: StartRequest,
    found: JobObservation[],
    isCertain: boolean,
  ): string[] {
    const title = isCertain && found.length === 1 ? titles.titleOf(accountId, request) : null;
    try {
      polling.adopt(
        accountId,
        found.map((job) => ({ ...job, title: job.title ?? title })),
      );
      const ids = found.map((job) => jobId(accountId, job.kind, job.remoteId));
      if (isCertain) for (const id of ids) starts.saveStart(id, request);
      // The answer to a start may not say what the work is about; the list may.
      if (title === null && found.some((job) => job.title === null)) polling.pollNow(accountId);
      return ids;
    } catch (error) {
      // It runs and is paid for: failing to record it must not invite a second start.
      logger.error('a started execution was not stored', { reason: reason(error) });
      polling.pollNow(accountId);
      return [];
    }
  }

  const searches = createStartSearches(deps, follow);

  async function send(
    executions: Executions,
    accountId: string,
    form: StartForm,
  ): Promise<StartOutcome> {
    const request = await startRequest(executions, form, (item) =>
      titles.learn(accountId, [item]),
    ).catch(failureOf);
    if ('problem' in request) return { outcome: 'refused', ...request };
    const baseline = await startBaseline(deps, executions, accountId, request);
    const search = searches.begin(accountId, request, baseline);
    try {
      const { jobs } = await executions.start(request);
      if (jobs.length > 0) return { outcome: 'started', jobIds: searches.answered(search, jobs) };
      // Nobody waits for this search: the start is certain, only its executions are not known yet.
      searches.run(search);
      return { outcome: 'started', jobIds: [] };
    } catch (error) {
      const failure = failureOf(error);
      const { problem } = failure;
      logger.warn('start not confirmed', { kind: form.kind, problem });
      if (problem === 'no-credit') deps.setBalance(accountId, null);
      if (!mayHaveHappened(problem)) {
        searches.end(search);
        return { outcome: 'refused', ...failure };
      }
      const confirmed = await searches.confirm(search, executions);
      searches.goOn(search);
      return { outcome: 'unsure', problem, ...confirmed };
    }
  }

  return {
    cost,
    /** Goes on looking for what was started here before a restart, once the account is connected. */
    resumeSearches: searches.resume,
    /**
     * Starts the work, unless the user has to confirm its cost first. `isAgreed`: the user has confirmed
     * it. Never throws a ServiceError.
     */
    async start(accountId: string, form: StartForm, isAgreed: boolean): Promise<StartOutcome> {
      const executions = executionsOf(accountId);
      if ('problem' in executions) return { outcome: 'refused', ...executions };
      if (!isAgreed) {
        const known = await cost(accountId, form);
        if (known.asks) return { outcome: 'asks', cost: known };
      }
      const key = JSON.stringify([accountId, form]);
      const same = underWay.get(key);
      if (same) return same;
      const sent = send(executions, accountId, form).finally(() => underWay.delete(key));
      underWay.set(key, sent);
      return sent;
    },
  };
}
