import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FaultAction } from '../fault-actions';
import { expiredAnswer } from '../storage/xml';
import {
  type Answer,
  BodyCut,
  breakConnection,
  type Exchange,
  html,
  send,
  skipBody,
} from './exchange';

/** What a service contributes: its effect and its form of errors. */
export interface Service {
  /** Called for each request before any fault strikes it. */
  arrived?(exchange: Exchange): void;
  /** Reads the body, has its effect, and answers. */
  apply(exchange: Exchange): Promise<Answer>;
  /** An error in the service's own envelope. */
  error(exchange: Exchange, status: number, code?: string, message?: string): Answer;
}

const appliesByDefault = new Set<FaultAction['kind']>([
  'pass',
  'malformed',
  'truncated',
  'content-type',
  'etag',
  'corrupt',
]);

/** Carries out one request, with the fault that strikes it, if any. */
export async function perform(
  service: Service,
  exchange: Exchange,
  action: FaultAction | null,
): Promise<void> {
  if (!action) {
    await send(exchange, await service.apply(exchange));
    return;
  }
  if (action.delayMs) await sleep(action.delayMs);
  exchange.interception = interceptionOf(action);
  sendInterimResponses(exchange, action.interimResponses ?? 0);
  const stops = 'point' in action && action.point !== 'after-answer' ? action : null;
  if (stops?.point === 'before-body') return stop(exchange, stops);

  let real: Answer | null = null;
  try {
    if (isApplied(action)) real = await service.apply(exchange);
    // A storage host refuses before it reads; the others have read a body this small anyway.
    else if (exchange.entry.service !== 'storage' || stops || 'afterBytes' in action) {
      await skipBody(exchange);
    }
  } catch (error) {
    if (!(error instanceof BodyCut)) throw error;
    if (stops) return stop(exchange, stops);
  }
  if (stops && stops.point !== 'in-answer') return stop(exchange, stops);

  const answer = faultyAnswer(service, exchange, action, real);
  await send(exchange, answer, {
    ...(action.answerBytesPerSecond && { bytesPerSecond: action.answerBytesPerSecond }),
    ...(stops?.kind === 'reset' && { cutAfterBytes: stops.afterBytes ?? 0 }),
    ...(stops?.kind === 'hang' && { hangAfterBytes: stops.afterBytes ?? 0 }),
  });
  if (action.kind === 'kill') {
    await handedOver(exchange);
    if (action.waitMs) await sleep(action.waitMs);
    kill(action.pid);
  }
}

function sendInterimResponses({ res }: Exchange, times: number): void {
  for (let time = 0; time < times; time += 1) {
    res.writeContinue();
    res.writeProcessing();
    res.writeEarlyHints({ link: '</style.css>; rel=preload; as=style' });
  }
}

/** What a fault does to the request while it is read. */
function interceptionOf(action: FaultAction): Exchange['interception'] {
  const cutsAnswer = 'point' in action && action.point === 'in-answer';
  const cutAfterBytes = 'afterBytes' in action && !cutsAnswer ? action.afterBytes : undefined;
  return {
    ...(action.requestBytesPerSecond && { bytesPerSecond: action.requestBytesPerSecond }),
    ...(cutAfterBytes !== undefined && { cutAfterBytes }),
    ...(action.kind === 'corrupt' && { corrupt: true }),
  };
}

/** Whether the request has its effect in spite of the fault. */
function isApplied(action: FaultAction): boolean {
  if ('point' in action && action.point === 'in-answer') return true;
  if (action.kind === 'kill' && action.point === 'after-answer') return true;
  return (action.effect ?? (appliesByDefault.has(action.kind) ? 'apply' : 'skip')) === 'apply';
}

type Stop = Extract<FaultAction, { kind: 'reset' | 'hang' | 'kill' }>;

function stop(exchange: Exchange, action: Stop): void {
  if (action.kind === 'kill') kill(action.pid);
  if (action.kind === 'hang') exchange.fate = 'hung';
  else breakConnection(exchange);
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Waits until the operating system has the whole answer, or the connection has ended. */
async function handedOver({ res }: Exchange): Promise<void> {
  if (!res.writableFinished && !res.destroyed) {
    await new Promise<void>((resolve) => res.once('finish', resolve).once('close', resolve));
  }
}

function faultyAnswer(
  service: Service,
  exchange: Exchange,
  action: FaultAction,
  real: Answer | null,
): Answer {
  const kept = real ?? { status: 200, headers: {}, body: null };
  switch (action.kind) {
    case 'respond': {
      const text = typeof action.body === 'string' || action.body === undefined;
      return {
        status: action.status,
        headers: {
          'Content-Type': text ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8',
          ...action.headers,
        },
        body: text ? ((action.body as string | undefined) ?? null) : JSON.stringify(action.body),
      };
    }
    case 'error':
      return errorAnswer(service, exchange, action);
    case 'html':
      return html(
        action.status ?? 200,
        '<!doctype html><html><head><title>Please wait</title></head><body><h1>One moment</h1></body></html>',
      );
    case 'malformed':
      return { ...kept, body: `${textOf(kept).slice(0, -1)},]` };
    case 'truncated': {
      const text = textOf(kept);
      return { ...kept, body: text.slice(0, action.keepBytes ?? Math.floor(text.length / 2)) };
    }
    case 'content-type':
      return { ...kept, headers: { ...kept.headers, 'Content-Type': action.contentType } };
    case 'empty':
      return {
        status: action.status ?? 200,
        headers: { 'Content-Type': 'application/json' },
        body: null,
      };
    case 'huge':
      return hugeAnswer(action.sizeMiB);
    case 'deep':
      return {
        status: 200,
        headers: { 'Content-Type': 'application/json' },
        body: `${'{"data":'.repeat(action.depth)}1${'}'.repeat(action.depth)}`,
      };
    case 'redirect':
      return {
        status: action.status ?? 307,
        headers: {
          Location:
            action.location?.replace('{target}', () => exchange.req.url ?? '') ??
            `${exchange.world.addresses.storageUrl}/moved${exchange.path}`,
        },
        body: null,
      };
    case 'expired-url':
      return expiredAnswer(exchange.world.clock.now(), exchange.world.clock.now() - 1000);
    case 'etag': {
      const { ETag, ...others } = kept.headers;
      const wrong: Record<string, string> =
        ETag && action.how === 'wrong' ? { ETag: `"${'0'.repeat(32)}"` } : {};
      return { ...kept, headers: { ...others, ...wrong } };
    }
    default:
      return kept;
  }
}

function errorAnswer(
  service: Service,
  exchange: Exchange,
  action: Extract<FaultAction, { kind: 'error' }>,
): Answer {
  const nowMs = exchange.world.clock.now();
  const answer = service.error(exchange, action.status, action.code, action.message);
  const headers: Record<string, string> = { ...answer.headers, ...action.headers };
  if (action.retryAfterSeconds !== undefined) {
    headers['Retry-After'] = String(action.retryAfterSeconds);
  }
  if (action.retryAfterDateInMs !== undefined) {
    headers['Retry-After'] = new Date(nowMs + action.retryAfterDateInMs).toUTCString();
  }
  if (action.rate) {
    headers['X-RateLimit-Limit'] = String(action.rate.limit);
    headers['X-RateLimit-Remaining'] = String(action.rate.remaining);
    headers['X-RateLimit-Reset'] = String(Math.ceil((nowMs + action.rate.resetInMs) / 1000));
  }
  return { ...answer, headers };
}

function textOf(answer: Answer): string {
  return answer.body === null ? '{}' : answer.body.toString();
}

function hugeAnswer(sizeMiB: number): Answer {
  const open = '{"success":true,"data":[';
  const close = '0]}';
  const row = Buffer.from(
    '"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",\n'.repeat(1024),
  );
  const rows = Math.ceil((sizeMiB * 1_048_576) / row.length);
  const sizeBytes = open.length + rows * row.length + close.length;
  function* pieces() {
    yield Buffer.from(open);
    for (let i = 0; i < rows; i += 1) yield row;
    yield Buffer.from(close);
  }
  return {
    status: 200,
    headers: { 'Content-Type': 'application/json' },
    body: null,
    stream: { sizeBytes, open: () => Readable.from(pieces()) },
  };
}
