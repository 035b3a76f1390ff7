import type { Profile } from '../../domain/account';
import type { Credits } from '../../domain/credits';
import type { JobRef, Snapshot } from '../../domain/job';
import type { Access, JsonClient, ServiceConnection } from '../../domain/service';
import { pathTo } from '../url';
import { executionJob } from './execution-job';
import { createRuns } from './runs';
import { parseExecution, parseExecutions, parseMe } from './schema';

/** One account at Clipping. Every call may cost coins: most reads are 0.001 (billing page). */
export function connectClipping(client: JsonClient, access: Access): ServiceConnection {
  const get = (path: string, signal?: AbortSignal, query?: Record<string, string>) =>
    client.request(access, { method: 'GET', path, query, signal });

  const me = async (signal?: AbortSignal) => parseMe((await get(pathTo('v1', 'me'), signal)).body);

  async function profile(signal?: AbortSignal): Promise<Profile> {
    return { ...(await me(signal)), brands: [] };
  }

  async function credits(signal?: AbortSignal): Promise<Credits> {
    const { balanceCoins } = await me(signal);
    return {
      unit: 'coins',
      balance: balanceCoins,
      balanceText: null,
      allocation: null,
      used: null,
      resetAtMs: null,
      breakdown: [],
      recent: [],
    };
  }

  async function executions(query: Record<string, string>, signal?: AbortSignal) {
    const answer = await get(pathTo('v1', 'executions', 'me'), signal, query);
    const { items, complete } = parseExecutions(answer.body);
    return { observations: items.map((one) => executionJob(one.id, one)), complete };
  }

  async function list(signal?: AbortSignal): Promise<Snapshot> {
    const { observations, complete } = await executions({ active: '1' }, signal);
    return { observations, covers: complete ? { kind: 'execution', clipId: null } : null };
  }

  /** That the list shows ended ones without `active` is implied by its page, and not said. */
  async function listEnded(signal?: AbortSignal): Promise<Snapshot> {
    const { observations } = await executions({}, signal);
    return { observations, covers: null };
  }

  async function read(job: JobRef, signal?: AbortSignal): Promise<Snapshot> {
    const answer = await get(pathTo('v1', 'executions', job.remoteId), signal);
    const observation = executionJob(job.remoteId, parseExecution(answer.body));
    return { observations: [observation], covers: null };
  }

  return {
    profile,
    list,
    listEnded,
    read,
    uploads: null,
    importUrl: null,
    render: null,
    clips: null,
    publishing: null,
    runs: createRuns(client, access),
    credits,
  };
}
