import type { StartCost, StartForm, StartOutcome } from '../../../preload/contract';
import {
  type Executions,
  type StartedSince,
  type StartRequest,
  sourceOf,
  youtubeVideoUrl,
} from '../../domain/execution';
import { type JobObservation, jobId } from '../../domain/job';
import { reason } from '../../domain/logger';
import { mayHaveHappened, type ServiceProblem } from '../../domain/service-error';
import { confirmStart } from './confirm-start';
import { type ExecutionDeps, executionsOf, type Trouble, troubleOf } from './deps';
import { type Names, titleOfSource } from './titles';

/** A link as the service is to be given it; null when it is neither a link nor a handle. */
function sourceFor(text: string): string | null {
  return youtubeVideoUrl(text) ?? sourceOf(text);
}

/** The form as a request, as far as its fee depends on it: a link has no item yet. */
function priced(form: StartForm): StartRequest {
  if (form.kind !== 'transcript') return form;
  const { item, ...rest } = form;
  return { ...rest, itemId: 'id' in item ? item.id : '' };
}

/** Starting work that costs money. Nothing here sends a start twice. */
export function createExecutionStarter(deps: ExecutionDeps, names: Names) {
  const { watcher, starts, clock, logger } = deps;
  /** Starts under way: the same one asked for again, as by a double click, is the one there is. */
  const underWay = new Map<string, Promise<StartOutcome>>();

  async function balanceOf(accountId: string): Promise<number | null> {
    const known = deps.balanceCoins(accountId);
    const credits = deps.connection(accountId)?.credits;
    if (known !== null || !credits) return known;
    try {
      const { balance } = await credits();
      deps.balanceRead(accountId, balance);
      return balance;
    } catch (error) {
      // Not worth a word of its own: the balance is shown as not known.
      troubleOf(error);
      return null;
    }
  }

  async function cost(accountId: string, form: StartForm): Promise<StartCost> {
    const runs = executionsOf(deps, accountId);
    const feeCoins = 'problem' in runs ? null : runs.feeCoins(priced(form));
    return {
      feeCoins,
      balanceCoins: await balanceOf(accountId),
      asks: feeCoins === null || feeCoins > deps.confirmOverCoins(),
    };
  }

  /** The item of a link, which is made where there is none: that costs nothing to speak of. */
  async function itemOf(
    runs: Executions,
    accountId: string,
    text: string,
  ): Promise<string | Trouble> {
    const source = sourceFor(text);
    if (source === null) return { problem: 'rejected', remoteText: null };
    const title = titleOfSource(source);
    const learned = (item: { id: string; name: string | null }) => {
      names.learn(accountId, [{ id: item.id, name: item.name ?? title }]);
      return item.id;
    };
    try {
      const found = await runs.findItem(source);
      return learned(found ?? (await runs.makeItem(source)));
    } catch (error) {
      const trouble = troubleOf(error);
      if (!mayHaveHappened(trouble.problem)) return trouble;
      // It may have been made although no clear answer came; made twice it would be there twice.
      const found = await runs.findItem(source).catch(() => null);
      return found ? learned(found) : trouble;
    }
  }

  async function requestOf(
    runs: Executions,
    accountId: string,
    form: StartForm,
  ): Promise<StartRequest | Trouble> {
    if (form.kind === 'source') {
      const source = sourceFor(form.source);
      return source === null ? { problem: 'rejected', remoteText: null } : { ...form, source };
    }
    if (form.kind !== 'transcript') return form;
    const { item, ...rest } = form;
    const itemId = 'id' in item ? item.id : await itemOf(runs, accountId, item.source);
    return typeof itemId === 'string' ? { ...rest, itemId } : itemId;
  }

  /** Follows started work from now on. What cannot be stored is found by watching. */
  function adopt(
    accountId: string,
    request: StartRequest,
    found: JobObservation[],
    isCertain: boolean,
  ): string[] {
    const title = isCertain && found.length === 1 ? names.titleOf(accountId, request) : null;
    try {
      const titled = found.map((job) => ({ ...job, title: job.title ?? title }));
      watcher.account(accountId)?.adopt(titled);
      const ids = found.map((job) => jobId(accountId, job.kind, job.remoteId));
      if (isCertain) for (const id of ids) starts.saveStart(id, request);
      // The answer to a start may not say what it is about; the list may.
      if (title === null && found.some((job) => job.title === null))
        watcher.account(accountId)?.pollNow();
      return ids;
    } catch (error) {
      // It runs and is paid for: that it could not be written down must not invite a second one.
      logger.error('a started run was not stored', { reason: reason(error) });
      watcher.account(accountId)?.pollNow();
      return [];
    }
  }

  /** Executions that were there before: known here, or shown by the reporter's own list. */
  async function before(
    runs: Executions,
    accountId: string,
    request: StartRequest,
  ): Promise<StartedSince> {
    const knownIds = starts.executionIds(accountId);
    if (request.kind === 'schedule') {
      // Its answer names no execution, so whatever is new there will count as its own.
      const there = await runs.ofReporter(request.reporterId).catch((error) => {
        troubleOf(error);
        return [];
      });
      for (const { remoteId } of there) knownIds.add(remoteId);
    }
    return { sinceMs: clock.nowMs(), knownIds };
  }

  async function lookAndAdopt(
    runs: Executions,
    accountId: string,
    request: StartRequest,
    since: StartedSince,
  ) {
    const { verdict, jobs } = await confirmStart(runs, request, since, clock);
    const jobIds = jobs.length > 0 ? adopt(accountId, request, jobs, verdict === 'started') : [];
    // Whatever was not seen shows up in the list, if it did start.
    if (verdict !== 'started') watcher.account(accountId)?.pollNow();
    return { found: verdict, jobIds };
  }

  async function unsure(
    runs: Executions,
    accountId: string,
    request: StartRequest,
    since: StartedSince,
    problem: ServiceProblem,
  ): Promise<StartOutcome> {
    return {
      outcome: 'unsure',
      problem,
      ...(await lookAndAdopt(runs, accountId, request, since)),
    };
  }

  async function send(runs: Executions, accountId: string, form: StartForm): Promise<StartOutcome> {
    const request = await requestOf(runs, accountId, form).catch(troubleOf);
    if ('problem' in request) return { outcome: 'refused', ...request };
    const since = await before(runs, accountId, request);
    try {
      const { jobs } = await runs.start(request);
      if (jobs.length > 0) {
        return { outcome: 'started', jobIds: adopt(accountId, request, jobs, true) };
      }
      // Nobody waits for these looks: the run is certain, only its executions have no name yet.
      lookAndAdopt(runs, accountId, request, since).catch((error) =>
        logger.error('looking for executions failed', { reason: reason(error) }),
      );
      return { outcome: 'started', jobIds: [] };
    } catch (error) {
      const trouble = troubleOf(error);
      logger.warn('start not confirmed', { kind: form.kind, problem: trouble.problem });
      // Whatever balance was read before, it is not so any more.
      if (trouble.problem === 'no-credit') deps.balanceRead(accountId, null);
      if (!mayHaveHappened(trouble.problem)) return { outcome: 'refused', ...trouble };
      return unsure(runs, accountId, request, since, trouble.problem);
    }
  }

  return {
    cost,
    async start(accountId: string, form: StartForm, agreed: boolean): Promise<StartOutcome> {
      const runs = executionsOf(deps, accountId);
      if ('problem' in runs) return { outcome: 'refused', ...runs };
      if (!agreed) {
        const asked = await cost(accountId, form);
        if (asked.asks) return { outcome: 'asks', cost: asked };
      }
      const key = JSON.stringify([accountId, form]);
      const same = underWay.get(key);
      if (same) return same;
      const sent = send(runs, accountId, form).finally(() => underWay.delete(key));
      underWay.set(key, sent);
      return sent;
    },
  };
}
