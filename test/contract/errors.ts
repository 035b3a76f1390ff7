import type { ServiceProblem } from '../../main/domain/service-error';
import { type Handler, json, raw } from '../unit/http/server';

/** An answer that any call may get, and what the app has to make of it. */
export interface ErrorAnswer {
  handler: Handler;
  problem: ServiceProblem;
  status: number | null;
  remoteText: string | null;
  /** Milliseconds from now until which no other call may be made; null where nothing is asked. */
  waitsMs?: number;
}

/** The app's time in these tests; the server's Date header says the same. */
export const NOW_MS = Date.UTC(2026, 4, 28, 12);
const DATE = new Date(NOW_MS).toUTCString();
const JSON_TYPE = { 'content-type': 'application/json' };
const PAGE = '<!doctype html><html><body><h1>Sign in</h1></body></html>';

function refusal(
  status: number,
  body: unknown,
  problem: ServiceProblem,
  remoteText: string | null,
  headers: Record<string, string> = {},
): ErrorAnswer {
  return { handler: json(body, status, { date: DATE, ...headers }), problem, status, remoteText };
}

function text(
  body: string,
  problem: ServiceProblem,
  status = 200,
  headers: Record<string, string> = JSON_TYPE,
): ErrorAnswer {
  return { handler: raw(body, status, headers), problem, status, remoteText: null };
}

const huge: ErrorAnswer = {
  handler: (_request, response) => {
    response.on('error', () => {});
    response.writeHead(200, JSON_TYPE);
    const piece = Buffer.alloc(1024 * 1024, 0x20);
    let left = 9;
    const more = () => {
      while (left > 0) {
        left -= 1;
        if (!response.write(piece)) {
          response.once('drain', more);
          return;
        }
      }
      response.end('{}');
    };
    more();
  },
  problem: 'too-large',
  status: null,
  remoteText: null,
};

const bodies: Record<string, ErrorAnswer> = {
  page: text(PAGE, 'not-json', 200, { 'content-type': 'text/html' }),
  malformed: text('{"data": [1, 2,, ]}', 'malformed'),
  truncated: text('{"success":true,"data":{"id":"cl', 'malformed'),
  'too deep': text(`${'['.repeat(80)}${']'.repeat(80)}`, 'too-large'),
  'too large': huge,
  '502 page': text(PAGE, 'service-fault', 502, { 'content-type': 'text/html' }),
};

const words = 'The words of the service.';
const later = { 'x-ratelimit-reset': String(NOW_MS / 1000 + 30) };
const dated = { 'retry-after': new Date(NOW_MS + 90_000).toUTCString() };

/**
 * Both error envelopes, each status that is named, and answers of whatever stands in front of a
 * service.
 */
export const autopostingErrorAnswers: Record<string, ErrorAnswer> = {
  '400 code and message': refusal(
    400,
    { success: false, error: 'bad_request', message: words },
    'rejected',
    words,
  ),
  '400 sentence': refusal(400, { success: false, error: words }, 'rejected', words),
  '401 code and message': refusal(
    401,
    { success: false, error: 'unauthorized', message: words },
    'key-refused',
    words,
  ),
  '401 sentence and code': refusal(
    401,
    { error: words, code: 'UNAUTHORIZED' },
    'key-refused',
    words,
  ),
  '402': refusal(
    402,
    { success: false, error: 'insufficient_credits', message: words },
    'no-credit',
    words,
  ),
  '403 suspended': refusal(
    403,
    { success: false, error: 'billing_suspended', message: words },
    'plan-suspended',
    words,
  ),
  '403 scope': refusal(403, { success: false, error: words }, 'scope-missing', words),
  '404': refusal(404, { success: false, error: 'not_found', message: words }, 'not-found', words),
  '409': refusal(409, { success: false, error: 'conflict', message: words }, 'conflict', words),
  '422': refusal(422, { success: false, error: words }, 'rejected', words),
  '429 seconds': {
    ...refusal(429, { error: words, code: 'RATE_LIMITED' }, 'rate-limited', words, {
      'retry-after': '45',
    }),
    waitsMs: 45_000,
  },
  '429 date': {
    ...refusal(429, { error: words }, 'rate-limited', words, dated),
    waitsMs: 90_000,
  },
  '429 reset': {
    ...refusal(429, { error: words }, 'rate-limited', words, later),
    waitsMs: 30_000,
  },
  '500': refusal(500, { success: false, error: words }, 'service-fault', words),
  '503': refusal(503, { success: false, error: words }, 'service-fault', words),
  '504': refusal(504, {}, 'service-fault', null),
  'success false': {
    ...refusal(200, { success: false, error: 'x', message: words }, 'rejected', words),
    status: null,
  },
  ...bodies,
};

export const clippingErrorAnswers: Record<string, ErrorAnswer> = {
  '400': refusal(400, { erro: 'campo inválido' }, 'rejected', 'campo inválido'),
  '401': refusal(401, { erro: 'chave ausente' }, 'key-refused', 'chave ausente'),
  '402': refusal(402, { erro: 'sem saldo' }, 'no-credit', 'sem saldo'),
  '402 error': refusal(402, { error: 'sem saldo' }, 'no-credit', 'sem saldo'),
  '403': refusal(403, { erro: 'não pode' }, 'scope-missing', 'não pode'),
  '404': refusal(404, { erro: 'não há' }, 'not-found', 'não há'),
  '409': refusal(409, { erro: 'já em andamento' }, 'conflict', 'já em andamento'),
  '422': refusal(422, { erro: 'campo inválido' }, 'rejected', 'campo inválido'),
  '429 seconds': {
    ...refusal(429, { erro: 'devagar' }, 'rate-limited', 'devagar', { 'retry-after': '45' }),
    waitsMs: 45_000,
  },
  '429 date': {
    ...refusal(429, { erro: 'devagar' }, 'rate-limited', 'devagar', dated),
    waitsMs: 90_000,
  },
  '500': refusal(500, { erro: 'falhou' }, 'service-fault', 'falhou'),
  '503': refusal(503, { erro: 'falhou' }, 'service-fault', 'falhou'),
  '504': refusal(504, {}, 'service-fault', null),
  ...bodies,
};
