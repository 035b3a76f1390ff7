import type { LoggedRequest } from '../../simulator/client';
import type { UploaderMessage } from './messages';
import type { Trial } from './trial';

/** By how much timers and two clocks may differ. */
const TOLERANCE_MS = 30;

type TimedRequest = Pick<
  LoggedRequest,
  'id' | 'atMs' | 'answeredAtMs' | 'status' | 'query' | 'partNumber' | 'faultId'
>;

/** Complains about requests that came before the time that a Retry-After had named. */
export async function checkRetryAfter(
  trial: Trial,
  concerns: (request: LoggedRequest) => boolean,
  seconds: number,
): Promise<void> {
  const requests = (await trial.requests()).filter(concerns);
  const messages = trial.runs.flatMap(({ run }) => run.messages);
  const early = earlyRequests(requests, messages, seconds * 1000);
  if (early.length > 0) {
    trial.complaints.push(`${early.length} requests came before Retry-After was over`);
  }
}

/**
 * The requests that came within `waitMs` of a refusal although the uploader knew of it. A part that
 * was handed to the network before the uploader had read the refusal was on its way, however long
 * it took: that is judged by the order of the uploader's own messages, so the speed of the machine
 * does not matter. Calls, and parts without such a message, are never on their way: they would be
 * sent one after the other.
 */
export function earlyRequests(
  requests: TimedRequest[],
  messages: UploaderMessage[],
  waitMs: number,
): TimedRequest[] {
  return requests
    .filter(({ faultId }) => faultId !== null)
    .flatMap((refused) => {
      // The uploader cannot have read the answer before this, so its wait cannot end earlier.
      const overAtMs = (refused.answeredAtMs ?? refused.atMs) + waitMs - TOLERANCE_MS;
      const readAt = messages.findIndex(
        (message) =>
          message.type === 'part-answered' &&
          message.status === refused.status &&
          isSamePart(message, refused),
      );
      const before = messages.slice(0, Math.max(0, readAt));
      const wasOnItsWay = (request: TimedRequest): boolean => {
        const sent = before.filter(
          (message) => message.type === 'part-sending' && isSamePart(message, request),
        );
        const arrived = requests.filter(
          (other) => other.id <= request.id && isSamePart(partOf(other), request),
        );
        return arrived.length <= sent.length;
      };
      return requests.filter(
        (request) => request.id > refused.id && request.atMs < overAtMs && !wasOnItsWay(request),
      );
    });
}

type Part = { uploadId: string; partNumber: number };

function partOf({ query, partNumber }: TimedRequest): Part {
  return { uploadId: query.uploadId ?? '', partNumber: partNumber ?? 0 };
}

function isSamePart(part: Part, request: TimedRequest): boolean {
  const { uploadId, partNumber } = partOf(request);
  return part.uploadId === uploadId && part.partNumber === partNumber;
}
