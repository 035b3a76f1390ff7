import type { RenderRequest } from '../../domain/clip-library';
import type { Phase } from '../../domain/job';
import type { ImportRequest } from '../../domain/service';

/**
 * Everything about Autoposting that no page or client shows plainly, in one place, with the reason
 * for each assumption. To be corrected here once a real answer is seen. "Docs" are the pages of
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
  // Assumed: no service calls a success that.
  error: 'failed',
};

/**
 * Statuses of a render job. Docs show `queued` (submit-a-render-job) and `completed`
 * (get-job-status-for-a-clip) and no list. That a render can fail is known from the event
 * `clip.render.failed`. All other words are assumed; several are those of common job queues.
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
 * by default. One request of 100 serves both; that the newest come first is assumed, since
 * such lists commonly do that, so older clips with work in flight are read one by one.
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

/** The name that GET /auth/profile gives every API key, according to the vendor's own test. */
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

/**
 * Scores of a candidate. Docs (concepts/clips) name the first four, and `viralityScore` for posts;
 * whether they stand on the candidate or in an object is not shown.
 */
export const scoreFields = ['hook', 'retention', 'clarity', 'visual', 'viralityScore'] as const;
export const scoreObjects = ['scores', 'score', 'breakdown'] as const;

/** Clips on a page of the list that a person browses. Both documented forms take `limit`. */
export const PAGE_LIMIT = 20;

/**
 * The two documented bodies of a render. SDK: `editRevision`, with `candidateId` where only one is
 * wanted. Docs (submit-a-render-job): `candidateId`, which is required, `template` and `captions`.
 * That the first also takes what only the second names is assumed: sent only when the user chose it.
 */
export type RenderForm = 'revision' | 'candidate';

/** The body of that form, or null where the request lacks what it needs. */
export function renderBody(form: RenderForm, request: RenderRequest) {
  const { candidateId, editRevision, template, captions } = request;
  const chosen = {
    ...(template === undefined ? {} : { template }),
    ...(captions === undefined ? {} : { captions }),
  };
  if (form === 'revision') {
    if (editRevision === null) return null;
    return { editRevision, ...(candidateId === null ? {} : { candidateId }), ...chosen };
  }
  return candidateId === null ? null : { candidateId, ...chosen };
}

/** The answer of the credit check is not shown: fields that may say yes or no. */
export const checkVerdictFields = [
  'allowed',
  'canRender',
  'sufficient',
  'hasCredits',
  'enough',
  'available',
  'ok',
] as const;

/** The answer of publish is not shown; create-draft has `postId` by the SDK. */
export const postIdFields = ['postId', 'id', '_id'] as const;
export const postLinkFields = ['url', 'link', 'postUrl'] as const;

/** Names a platform may have in a list of objects; the SDK's is `platform`. */
export const platformNameFields = ['platform', 'name', 'id'] as const;

/** Where the device code's answer may name the page; the SDK's is `verificationUri`. */
export const verificationFields = [
  'verificationUri',
  'verification_uri',
  'verificationUrl',
] as const;

/** Seconds between two polls of a sign-in that names no interval, as in RFC 8628. */
export const DEVICE_INTERVAL_SECONDS = 5;
/** Seconds a device code lives where the answer does not say; 900 is the vendor's sample. */
export const DEVICE_LIFETIME_SECONDS = 900;
