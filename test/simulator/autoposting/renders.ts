import { z } from 'zod';
import type { Candidate, Clip, RenderJob } from '../types';
import type { Answer } from '../wire/exchange';
import { ApiError, type KeyedCall, type Route } from '../wire/json-service';
import { bodyOf } from './body';
import { ownClip } from './clips';
import { itemsOf, success } from './envelope';
import { createRender, renderIsLive } from './lifecycle';
import { jobView, jobWord, rendersOf } from './views';

function candidateOf(clip: Clip, candidateId: string): Candidate {
  const candidate = clip.candidates.find((one) => one.id === candidateId);
  if (!candidate) throw new ApiError(404, undefined, 'There is no such candidate.');
  return candidate;
}

function renderBody(call: KeyedCall) {
  const form = call.world.shapes.get('autoposting.renderBody');
  const docs = { template: z.string().optional(), captions: z.boolean().optional() };
  if (form === 'docs') return bodyOf(call, { candidateId: z.string(), ...docs });
  if (form === 'sdk') {
    return bodyOf(call, { editRevision: z.number(), candidateId: z.string().optional() });
  }
  const body = bodyOf(call, {
    editRevision: z.number().optional(),
    candidateId: z.string().optional(),
    ...docs,
  });
  if (body.candidateId === undefined && body.editRevision === undefined) {
    throw new ApiError(400, undefined, 'candidateId: required');
  }
  return body;
}

function submit(call: KeyedCall): Answer {
  const { world, account } = call;
  const clip = ownClip(call, call.params.clipId ?? '');
  const body = renderBody(call);
  if (clip.candidates.length === 0) {
    throw new ApiError(400, undefined, 'The clip has no candidates yet.');
  }
  const stale = world.shapes.get('autoposting.staleRevision');
  const revision = 'editRevision' in body ? body.editRevision : undefined;
  if (revision !== undefined && revision !== clip.editRevision && stale !== 'accepted') {
    throw new ApiError(
      Number(stale),
      undefined,
      `The clip was edited: its revision is ${clip.editRevision}, not ${revision}.`,
    );
  }
  const wanted = body.candidateId
    ? [candidateOf(clip, body.candidateId)]
    : world.shapes.get('autoposting.renderWithoutCandidate') === 'all'
      ? clip.candidates
      : clip.candidates.slice(0, 1);

  const reuse = world.shapes.get('autoposting.renderRepeat') === 'reuse';
  const known = new Map<Candidate, RenderJob>();
  for (const job of rendersOf(world, clip)) {
    const candidate = wanted.find((one) => one.id === job.candidateId);
    const failed = !renderIsLive(job) && job.status !== 'completed';
    if (reuse && candidate && !failed && job.editRevision === clip.editRevision) {
      known.set(candidate, job);
    }
  }
  const fresh = wanted.length - known.size;
  if (fresh > 0 && account.balance < fresh * world.config.creditsPerRender) {
    throw new ApiError(402, undefined, '');
  }
  const jobs = wanted.map((one) => known.get(one) ?? createRender(world, clip, one.id));
  return success(renderAnswer(call, jobs, [...known.values()]));
}

function renderAnswer(call: KeyedCall, jobs: RenderJob[], reused: RenderJob[]) {
  const first = jobs[0];
  if (call.world.shapes.get('autoposting.renderAnswer') === 'docs' && first) {
    return {
      jobId: first.id,
      status: jobWord(call.world, first),
      estimatedDurationSec: first.plan.estimatedDurationSec,
    };
  }
  return {
    jobIds: jobs.map((job) => job.id),
    activeJobIds: jobs.filter(renderIsLive).map((job) => job.id),
    reusedJobIds: reused.map((job) => job.id),
  };
}

function jobs(call: KeyedCall): Answer {
  const clip = ownClip(call, call.params.clipId ?? '');
  const rows = rendersOf(call.world, clip).map((job) => jobView(call.world, job));
  const form = call.world.shapes.get('autoposting.jobList');
  if (form === 'items') return success(itemsOf(rows));
  return success(form === 'nested' ? { jobs: rows } : rows);
}

function check(call: KeyedCall): Answer {
  const { world, account } = call;
  const body = bodyOf(call, { clipId: z.string(), candidateId: z.string() });
  candidateOf(ownClip(call, body.clipId), body.candidateId);
  const required = world.config.creditsPerRender;
  const allowed = account.balance >= required;
  if (world.shapes.get('autoposting.checkAnswer') === 'verdict') {
    return success({ allowed, required, balance: account.balance });
  }
  if (!allowed) throw new ApiError(402, undefined, '');
  return success({});
}

/** Rendering, its jobs, and the credit check. */
export const renderRoutes: Route[] = [
  {
    method: 'POST',
    path: '/clips/{clipId}/render',
    scope: 'clips:write',
    mutation: true,
    handle: submit,
  },
  { method: 'GET', path: '/clips/{clipId}/jobs', scope: 'clips:read', handle: jobs },
  { method: 'POST', path: '/clips/billing/check', scope: 'billing', handle: check },
];
