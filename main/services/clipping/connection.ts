import type { Profile } from '../../domain/account';
import type { Credits } from '../../domain/credits';
import type { JobRef, Snapshot } from '../../domain/job';
import type { Access, JsonClient, ServiceConnection } from '../../domain/service';
import { pathTo } from '../../http/url';
import { executionJob } from './execution-job';
import { createExecutions } from './executions';
import { parseExecution, parseExecutions, parseMe } from './schema';

const EXECUTIONS = pathTo('v1', 'executions', 'me');

/** One account at Clipping. Every call may cost coins: most reads are 0.001 (billing page). */
export function connectClipping(client: JsonClient, access: Access): ServiceConnection {
  const get = (
    path: string,
    signal?: AbortSignal,
    query?: Record<string, string>,
    last?: Uint8Array,
  ) => client.request(access, { method: 'GET', path, query, signal, last });
  /** A long list is mostly unchanged at the next poll, and parsing it is most of a poll's cost. */
  let lastList: { bytes: Uint8Array; snapshot: Snapshot } | null = null;

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

  function snapshotOf(body: unknown): Snapshot {
    const { items, complete } = parseExecutions(body);
    return {
      observations: items.map((one) => executionJob(one.id, one)),
      covers: complete ? { kind: 'execution', clipId: null } : null,
    };
  }

  async function list(signal?: AbortSignal): Promise<Snapshot> {
    const last = lastList;
    const { body, bytes } = await get(EXECUTIONS, signal, { active: '1' }, last?.bytes);
    if (last && bytes === last.bytes) return last.snapshot;
    const snapshot = snapshotOf(body);
    lastList = { bytes, snapshot };
    return snapshot;
  }

  /** That the list without `active` includes ended executions is implied by its page, but not stated. */
  async function listEnded(signal?: AbortSignal): Promise<Snapshot> {
    const { body } = await get(EXECUTIONS, signal);
    return { ...snapshotOf(body), covers: null };
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
    executions: createExecutions(client, access),
    credits,
  };
}
