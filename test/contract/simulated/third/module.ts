import { z } from 'zod';
import type { JobObservation, Phase } from '../../../../main/domain/job';
import type { Access, JsonClient, ServiceModule } from '../../../../main/domain/service';
import { ServiceError } from '../../../../main/domain/service-error';
import { pathTo } from '../../../../main/http/url';
import {
  field,
  idOf,
  nameOf,
  readRows,
  rowsOf,
  statusOf,
} from '../../../../main/services/tolerant-parsers';

/** What the folder of a third service contains: everything the app has to know about it. */

const phases: Record<string, Phase> = {
  open: 'waiting',
  busy: 'running',
  finished: 'done',
  broken: 'failed',
};

const taskSchema = z.object({ ref: field(idOf), name: field(nameOf), state: field(statusOf) });

function taskJob(row: unknown): JobObservation | null {
  const task = taskSchema.safeParse(row).data;
  if (!task || task.ref === null || task.state === null) return null;
  return {
    kind: 'execution',
    remoteId: task.ref,
    clipId: null,
    title: task.name,
    phase: phases[task.state] ?? 'unknown',
    remoteStatus: task.state,
    createdAtMs: null,
    endedAtMs: null,
    resultUrl: null,
    failure: null,
    estimatedDurationMs: null,
    candidateId: null,
    clip: null,
    revisionMark: null,
  };
}

function unexpected(): never {
  throw new ServiceError('unexpected-shape');
}

function connect(client: JsonClient, access: Access) {
  const get = async (path: string, signal?: AbortSignal) =>
    (await client.request(access, { method: 'GET', path, signal })).body;
  return {
    async profile(signal?: AbortSignal) {
      const account = z
        .object({ owner: field(nameOf) })
        .safeParse(await get(pathTo('account'), signal)).data;
      return { label: account?.owner ?? null, brands: [], balanceCoins: null };
    },
    async list(signal?: AbortSignal) {
      const found = rowsOf(await get(pathTo('tasks', 'current'), signal), 'tasks') ?? unexpected();
      const { read, whole } = readRows(found.rows, taskJob) ?? unexpected();
      const covers = { kind: 'execution' as const, clipId: null };
      return { observations: read, covers: whole && !found.cut ? covers : null };
    },
    async read({ remoteId }: { remoteId: string }, signal?: AbortSignal) {
      const job = taskJob(await get(pathTo('tasks', remoteId), signal)) ?? unexpected();
      return { observations: [job], covers: null };
    },
    uploads: null,
    importUrl: null,
    render: null,
    clips: null,
    publishing: null,
    executions: null,
    listEnded: null,
    credits: null,
  };
}

export const third: ServiceModule = {
  id: 'third',
  name: 'Third',
  baseUrl: 'https://third.example',
  baseUrlVariable: 'CLIPTRAY_THIRD_URL',
  keyHeaders: ['x-api-key'],
  keyPage: null,
  balancePage: null,
  acceptsUploads: false,
  listShows: ['execution'],
  kinds: ['execution'],
  idleIntervalMs: 60_000,
  coinsPerPoll: null,
  signIn: null,
  realtime: null,
  connect,
};
