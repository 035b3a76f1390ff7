import type { RenderRequest } from '../../domain/clip-library';
import type { JobObservation } from '../../domain/job';
import type { Access, JsonClient } from '../../domain/service';
import { ServiceError } from '../../domain/service-error';
import { pathTo } from '../../http/url';
import { startedJobs } from './adapter';
import { type RenderForm, renderBody } from './assumptions';
import { parseClip } from './clip-schema';
import { parseStarted } from './render-schema';

/**
 * Starts renders, with the body that the service accepts. The documentation and the SDK show two; the
 * one that was accepted last is sent first. If the service refuses a body as such (400, 422), it has
 * started nothing, so the other one is tried, once. After any other answer nothing is sent again.
 */
export function createRendering(client: JsonClient, access: Access) {
  let accepted: RenderForm = 'revision';

  async function send(request: RenderRequest, body: object, signal?: AbortSignal) {
    const path = pathTo('clips', request.clipId, 'render');
    const answer = await client.request(access, { method: 'POST', path, body, signal });
    return startedJobs(request.clipId, request.candidateId, parseStarted(answer.body));
  }

  /**
   * The other form may lack the revision, and so render an edit that the user has not seen. If that
   * cannot be ruled out, the refusal stands.
   */
  async function ensureUnedited(
    { clipId, editRevision }: RenderRequest,
    refusal: ServiceError,
    signal?: AbortSignal,
  ): Promise<void> {
    if (editRevision === null) return;
    let current: number | null;
    try {
      const path = pathTo('clips', clipId);
      const { body } = await client.request(access, { method: 'GET', path, signal });
      current = parseClip(body).editRevision;
    } catch {
      throw refusal;
    }
    if (current !== null && current !== editRevision) throw new ServiceError('conflict');
  }

  async function sendSecond(
    request: RenderRequest,
    { form, body }: { form: RenderForm; body: object },
    refusal: ServiceError,
    signal?: AbortSignal,
  ): Promise<JobObservation[]> {
    await ensureUnedited(request, refusal, signal);
    try {
      const jobs = await send(request, body, signal);
      accepted = form;
      return jobs;
    } catch (error) {
      // Refused in both forms, so the form was not the reason, and the first answer says more.
      throw isBadBody(error) ? refusal : error;
    }
  }

  return async (request: RenderRequest, signal?: AbortSignal): Promise<JobObservation[]> => {
    const order: RenderForm[] =
      accepted === 'revision' ? ['revision', 'candidate'] : ['candidate', 'revision'];
    const [first, second] = order.flatMap((form) => {
      const body = renderBody(form, request);
      return body === null ? [] : [{ form, body }];
    });
    // Neither form can be made: let the service say what is missing.
    if (!first) return send(request, {}, signal);
    try {
      const jobs = await send(request, first.body, signal);
      accepted = first.form;
      return jobs;
    } catch (error) {
      if (!isBadBody(error) || !second) throw error;
      return sendSecond(request, second, error, signal);
    }
  };
}

function isBadBody(error: unknown): error is ServiceError {
  return (
    error instanceof ServiceError &&
    error.problem === 'rejected' &&
    (error.status === 400 || error.status === 422)
  );
}
