import type { Profile } from '../../domain/account';
import type { JobObservation, JobRef, Phase, Snapshot } from '../../domain/job';
import type { Access, JsonClient, ServiceConnection } from '../../domain/service';
import { pathTo } from '../url';
import { executionPhases } from './guesses';
import { type ExecutionAnswer, parseExecution, parseExecutions, parseMe } from './schema';

function executionJob(id: string, execution: ExecutionAnswer): JobObservation {
  const word = execution.status.toLowerCase();
  // Any other word stays `unknown`: reconcile says for how long that still counts as running.
  const phase: Phase = Object.hasOwn(executionPhases, word)
    ? (executionPhases[word] ?? 'unknown')
    : 'unknown';
  return {
    kind: 'execution',
    remoteId: id,
    clipId: null,
    title: execution.title,
    phase,
    remoteStatus: execution.status,
    createdAtMs: execution.createdAtMs,
    endedAtMs: phase === 'done' || phase === 'failed' ? execution.endedAtMs : null,
    // A run's output lands as documents, and no field ties one to its execution.
    resultUrl: null,
    failure: phase === 'failed' ? execution.failure : null,
    estimatedDurationMs: null,
    candidateId: null,
    clip: null,
    revisionMark: null,
  };
}

/** One account at Clipping. Every call may cost coins: most reads are 0.001 (billing page). */
export function connectClipping(client: JsonClient, access: Access): ServiceConnection {
  const get = (path: string, signal?: AbortSignal, query?: Record<string, string>) =>
    client.request(access, { method: 'GET', path, query, signal });

  async function profile(signal?: AbortSignal): Promise<Profile> {
    const me = parseMe((await get(pathTo('v1', 'me'), signal)).body);
    return { ...me, brands: [] };
  }

  async function list(signal?: AbortSignal): Promise<Snapshot> {
    const answer = await get(pathTo('v1', 'executions', 'me'), signal, { active: '1' });
    const { items, complete } = parseExecutions(answer.body);
    return {
      observations: items.map((execution) => executionJob(execution.id, execution)),
      covers: complete ? { kind: 'execution', clipId: null } : null,
    };
  }

  async function read(job: JobRef, signal?: AbortSignal): Promise<Snapshot> {
    const answer = await get(pathTo('v1', 'executions', job.remoteId), signal);
    const observation = executionJob(job.remoteId, parseExecution(answer.body));
    return { observations: [observation], covers: null };
  }

  return { profile, list, read, uploads: null, importUrl: null, render: null };
}
