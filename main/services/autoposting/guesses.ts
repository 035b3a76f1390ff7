import type { Phase } from '../../domain/job';
import type { ImportRequest } from '../../domain/service';

/**
 * Everything about Autoposting that no page or client shows plainly, in one place, with the ground
 * for each. Corrected here once a real answer is seen. "Docs" are the pages of
 * docs.autoposting.ai; "SDK" is the vendor's client, github.com/Autoposting-ai/autoposting-cli.
 */

/**
 * Clip statuses. Docs (concepts/clips): uploading, processing, ready, failed. The SDK's types add
 * rendering and rendered, both of which lie behind `ready`.
 */
export const clipPhases: Record<string, Phase> = {
  uploading: 'waiting',
  processing: 'running',
  ready: 'done',
  rendering: 'done',
  rendered: 'done',
  failed: 'failed',
  // A guess: no service means success by it.
  error: 'failed',
};

/**
 * Statuses of a render job. Docs show `queued` (submit-a-render-job) and `completed`
 * (get-job-status-for-a-clip) and no list. That a render can fail is known from the event
 * `clip.render.failed`. All other words are guesses; several are those of common job queues.
 */
export const renderPhases: Record<string, Phase> = {
  queued: 'waiting',
  pending: 'waiting',
  waiting: 'waiting',
  delayed: 'waiting',
  processing: 'running',
  rendering: 'running',
  running: 'running',
  active: 'running',
  completed: 'done',
  complete: 'done',
  done: 'done',
  succeeded: 'done',
  success: 'done',
  finished: 'done',
  failed: 'failed',
  error: 'failed',
  cancelled: 'failed',
  canceled: 'failed',
};

/** The status of a render that was just asked for, where the answer names none (the SDK's form). */
export const NEW_RENDER_STATUS = 'queued';

/**
 * Docs (overview): every list takes `limit`, at most 100, and `offset`. The SDK reads pages of 20
 * by default. One request of 100 serves both; that the newest come first is a guess, from what such
 * lists commonly do, so older clips with work in flight are read one by one.
 */
export const LIST_LIMIT = 100;

/**
 * What a request to fetch a video sends. The example in the docs (concepts/clips) names the brand by
 * `brandSlug`; the SDK sends `brandId` since 0.3.6, whose notes call it required by the backend. The
 * SDK was corrected against the running service and the example was not, so it is `brandId`. Not
 * both: whether a field the service does not know is refused is unknown.
 */
export function importBody(request: ImportRequest) {
  const { url, brandId, title } = request;
  return { url, brandId, ...(title === null ? {} : { title }) };
}

/** The name that GET /auth/profile gives every API key, by a test in the vendor's repository. */
export const NAME_OF_EVERY_KEY = 'api key';

/** No page shows where a failed clip or job says why. */
export const failureFields = [
  'error',
  'errorMessage',
  'failureReason',
  'failReason',
  'reason',
  'message',
] as const;

/** The dashboard, in which keys are made; the address of the page itself is not shown anywhere. */
export const KEY_PAGE = 'https://app.autoposting.ai/';
