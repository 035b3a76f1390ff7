import { ServiceError } from '../domain/service-error';
import type { SentPart } from '../domain/upload';
import { Stopped, throwIfStopped, UploadFailure } from './failure';
import type { PartBody, SourceFile } from './file-reader';
import type { PlannedPart } from './part-plan';
import type { PartUrls } from './part-urls';
import { type Patience, waitAfter } from './patience';
import type { PartAnswer, PartSender } from './ports';
import { FRESH } from './retry';
import type { Slots } from './slots';

/** A part that moves no byte for so long is broken off and sent again. */
const STALL_MS = 30_000;
/**
 * The same once the last byte was taken: megabytes may still lie in the system's send buffer, which
 * on a slow link take their time.
 */
const ANSWER_MS = 120_000;
const TICK_MS = 1_000;

/** Refusals in a row of URLs that were signed for this very try. */
const MAX_REFUSALS = 4;
/** Wrong checksums in a row before the storage's ETags are no longer taken for checksums. */
const MAX_MISMATCHES = 3;

/** What the parts of one transfer share. */
export interface PartContext {
  file: SourceFile;
  urls: PartUrls;
  sender: PartSender;
  slots: Slots;
  patience: Patience;
  /** Bodies in flight, for the progress. */
  bodies: Set<PartBody>;
  host: StorageHost;
}

/** What the parts of one transfer have learnt of the storage host. */
export interface StorageHost {
  /** It has asked for quiet: no part starts before. */
  quietUntilMs: number;
  /** An ETag has been the MD5 of its part: null until known. */
  etagsAreMd5: boolean | null;
}

/** What became of one PUT: the part, a refused signature, a wrong checksum, or a failure. */
type Outcome =
  | { kind: 'sent'; part: SentPart }
  | { kind: 'refused' }
  | { kind: 'mismatch' }
  | { kind: 'failed'; failure: ServiceError | UploadFailure };

/**
 * Sends one part until the storage host has it. Throws UploadFailure when it cannot get there, and
 * Stopped on a stop. Recording the part is the caller's.
 */
export async function sendPart(part: PlannedPart, context: PartContext): Promise<SentPart> {
  const { urls, slots, patience, host } = context;
  const step = `part ${part.partNumber}`;
  let state = FRESH;
  let refusals = 0;
  let mismatches = 0;
  for (;;) {
    // The URL comes first although it may then wait for its turn: a part that waits for a
    // signature while it holds a place would keep other uploads from the network.
    const url = await urls.take(part.partNumber);
    await quiet(context);
    const free = await slots.take(patience.stop);
    let outcome: Outcome;
    try {
      outcome = await tryOnce(part, url, mismatches, context);
    } finally {
      free();
    }
    if (outcome.kind === 'sent') return outcome.part;
    if (outcome.kind === 'refused') {
      urls.discard();
      refusals += 1;
      // The first refusal most likely means that the URL was too old: a new one costs no try.
      if (refusals === 1) continue;
      if (refusals >= MAX_REFUSALS) throw new UploadFailure('storage-refused');
    } else {
      refusals = 0;
    }
    if (outcome.kind === 'mismatch') mismatches += 1;
    const failure =
      outcome.kind === 'failed' ? outcome.failure : new UploadFailure('storage-refused');
    state = await waitAfter(step, state, failure, {
      ...patience,
      waits: (name, failing, failures, waitMs) => {
        // 429 and 503 are said by the host, not of the part: all parts hold back.
        const busy = failure instanceof ServiceError && [429, 503].includes(failure.status ?? 0);
        if (busy) host.quietUntilMs = Math.max(host.quietUntilMs, patience.clock.now() + waitMs);
        patience.waits(name, failing, failures, waitMs);
      },
    });
  }
}

async function quiet({ host, patience }: PartContext): Promise<void> {
  const waitMs = host.quietUntilMs - patience.clock.now();
  if (waitMs > 0) await patience.clock.delay(waitMs, patience.stop);
  throwIfStopped(patience.stop);
}

async function tryOnce(
  part: PlannedPart,
  url: string,
  mismatches: number,
  context: PartContext,
): Promise<Outcome> {
  const { file, sender, patience, bodies, host } = context;
  await file.verify();
  const body = file.part(part);
  bodies.add(body);
  const watch = new StallWatch(body, patience);
  try {
    let answer: PartAnswer;
    try {
      const lengthBytes = part.sizeBytes;
      answer = await sender.putPart({ url, body, lengthBytes, signal: watch.signal });
    } catch (error) {
      if (body.failure) throw body.failure;
      if (patience.stop.aborted) throw new Stopped();
      if (!(error instanceof ServiceError)) throw error;
      return failed(watch.stalled ? new ServiceError('timed-out') : error);
    }
    // What was read must still be the file that was added, or the part is not worth keeping.
    await file.verify();
    return judge(part, answer, body, mismatches, host);
  } finally {
    watch.end();
    await body.close();
    bodies.delete(body);
  }
}

/** What an answer of the storage host means for the part. */
function judge(
  part: PlannedPart,
  answer: PartAnswer,
  body: PartBody,
  mismatches: number,
  host: StorageHost,
): Outcome {
  const { status, etag, code, retryAtMs } = answer;
  if (status === 401 || status === 403 || code === 'ExpiredToken') return { kind: 'refused' };
  // The multipart upload has ended at the host: no further part can be added to it.
  if (code === 'NoSuchUpload') throw new UploadFailure('storage-refused', { remoteText: code });
  if (status === 429) return failed(new ServiceError('rate-limited', { status, retryAtMs }));
  // S3 calls a connection that broke off a `RequestTimeout` with status 400.
  if (status >= 500 || status === 408 || code === 'RequestTimeout') {
    return failed(new ServiceError('service-fault', { status, retryAtMs, remoteText: code }));
  }
  if (status < 200 || status > 299 || !etag || !body.finished) {
    return failed(new UploadFailure('storage-refused', { remoteText: code }));
  }
  const md5Hex = /^"([0-9a-f]{32})"$/i.exec(etag)?.[1]?.toLowerCase();
  if (md5Hex !== undefined && host.etagsAreMd5 !== false) {
    if (md5Hex === body.md5Hex()) host.etagsAreMd5 = true;
    else if (host.etagsAreMd5 || mismatches + 1 < MAX_MISMATCHES) return { kind: 'mismatch' };
    // Buckets with SSE-KMS or SSE-C answer with 32 hex digits that are no MD5 of anything we have:
    // https://docs.aws.amazon.com/AmazonS3/latest/API/API_Object.html
    else host.etagsAreMd5 = false;
  }
  const { partNumber, sizeBytes } = part;
  return { kind: 'sent', part: { partNumber, sizeBytes, etag } };
}

function failed(failure: ServiceError | UploadFailure): Outcome {
  return { kind: 'failed', failure };
}

/**
 * Breaks a part off that moves no byte. It counts ticks and does not read the clock: a jump of the
 * clock or a night asleep is no stall.
 */
class StallWatch {
  readonly #controller = new AbortController();
  readonly #ended = new AbortController();
  readonly #stop: AbortSignal;
  readonly #onStop = (): void => this.#controller.abort();
  stalled = false;

  constructor(body: PartBody, patience: Patience) {
    this.#stop = patience.stop;
    if (this.#stop.aborted) this.#onStop();
    this.#stop.addEventListener('abort', this.#onStop, { once: true });
    void this.#run(body, patience);
  }

  /** Aborted on a stall and on a stop. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  async #run(body: PartBody, { clock, works }: Patience): Promise<void> {
    let idleMs = 0;
    let movedBytes = 0;
    for (;;) {
      await clock.delay(TICK_MS, this.#ended.signal);
      if (this.#ended.signal.aborted) return;
      const moves = body.movedBytes > movedBytes;
      if (moves) works();
      idleMs = moves ? 0 : idleMs + TICK_MS;
      movedBytes = body.movedBytes;
      if (idleMs < (body.finished ? ANSWER_MS : STALL_MS)) continue;
      this.stalled = true;
      this.#controller.abort();
      return;
    }
  }

  end(): void {
    this.#ended.abort();
    this.#stop.removeEventListener('abort', this.#onStop);
  }
}
