import type { RenderRequest } from '../../domain/clip-library';
import type { Phase } from '../../domain/job';
import type { ImportRequest } from '../../domain/service';

/**
 * Everything about Autoposting that no page or client shows clearly, in one place, with the reason for
 * each assumption. To be corrected here once a real answer has been seen. "Docs" are the pages of
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
  // Assumed: nobody would call a success that.
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

/** The status of a newly requested render, where the answer names none (the SDK's form). */
export const NEW_RENDER_STATUS = 'queued';

/**
 * Docs (overview): every list takes `limit`, at most 100, and `offset`. The SDK reads pages of 20
 * by default. One request of 100 suits both. Such lists usually start with the newest, which is assumed,
 * so older clips with work in flight are looked up one by one.
 */
export const LIST_LIMIT = 100;

/**
 * What a request to fetch a video sends. The example in the docs (concepts/clips) names the brand by
 * `brandSlug`; the SDK sends `brandId` since 0.3.6, whose notes call it required by the backend. The
 * SDK was corrected against the running service and the example was not, so it is `brandId`. Not both:
 * the service might refuse fields that it does not know.
 */
export function importBody(request: ImportRequest) {
  const { url, brandId, title } = request;
  return { url, brandId, ...(title === null ? {} : { title }) };
}

/** The name that GET /auth/profile returns for every API key, according to the vendor's own test. */
export const NAME_OF_EVERY_KEY = 'api key';

/** Fields in which a failed clip or job may say why: no page shows them. */
export const failureFields = [
  'error',
  'errorMessage',
  'failureReason',
  'failReason',
  'reason',
  'message',
] as const;

/** The dashboard, where keys are made; the URL of the page itself is not shown anywhere. */
export const KEY_PAGE = 'https://app.autoposting.ai/';

/**
 * Scores of a candidate. Docs (concepts/clips) name the first four, and `viralityScore` for posts;
 * it is not shown whether they are on the candidate or in an object of their own.
 */
export const scoreFields = ['hook', 'retention', 'clarity', 'visual', 'viralityScore'] as const;
export const scoreObjects = ['scores', 'score', 'breakdown'] as const;

/** Clips on a page of the list that the user browses. Both documented forms take `limit`. */
export const PAGE_LIMIT = 20;

/**
 * The two documented bodies of a render. SDK: `editRevision`, with `candidateId` for a single one. Docs
 * (submit-a-render-job): `candidateId`, which is required, `template` and `captions`. It is assumed that
 * the first form accepts these two as well; they are sent only when the user chose them.
 */
export type RenderForm = 'revision' | 'candidate';

/** The body in that form, or null if the request lacks what it needs. */
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

/** Fields of the credit check's answer that may say yes or no: no page shows them. */
export const checkVerdictFields = [
  'allowed',
  'canRender',
  'sufficient',
  'hasCredits',
  'enough',
  'available',
  'ok',
] as const;

/** The answer to `publish` is not shown; that to `create-draft` has `postId` according to the SDK. */
export const postIdFields = ['postId', 'id', '_id'] as const;
export const postLinkFields = ['url', 'link', 'postUrl'] as const;

/** Fields that may name a platform in a list of objects; the SDK's is `platform`. */
export const platformNameFields = ['platform', 'name', 'id'] as const;

/** Fields of the device code's answer that may have the page; the SDK's is `verificationUri`. */
export const verificationFields = [
  'verificationUri',
  'verification_uri',
  'verificationUrl',
] as const;

/** Seconds between two polls of a sign-in if the answer names no interval, as in RFC 8628. */
export const DEVICE_INTERVAL_SECONDS = 5;
/** Lifetime of a device code in seconds if the answer does not say; 900 is the vendor's sample. */
export const DEVICE_LIFETIME_SECONDS = 900;
