import { type Answer, json } from '../wire/exchange';
import type { World } from '../world';

/** `{success:true,data}`. */
export function success(data: unknown, status = 200): Answer {
  return json(status, { success: true, data });
}

/** A list of a paged resource as the client's other lists are. */
export const itemsOf = (items: unknown[], total = items.length, limit = 50, offset = 0) => ({
  items,
  total,
  limit,
  offset,
});

interface Standard {
  code: string;
  sentence: string;
}

const standards: Record<number, Standard> = {
  400: { code: 'bad_request', sentence: 'A parameter is missing or not valid.' },
  401: { code: 'unauthorized', sentence: 'The API key is missing or is not valid.' },
  402: { code: 'insufficient_credits', sentence: 'There are not enough credits for this.' },
  403: { code: 'forbidden', sentence: 'This key may not do that.' },
  404: { code: 'not_found', sentence: 'There is nothing under this id.' },
  409: { code: 'conflict', sentence: 'This is in conflict with the present state.' },
  413: { code: 'payload_too_large', sentence: 'The body is too large.' },
  429: { code: 'RATE_LIMITED', sentence: 'Too many requests; try again later.' },
};

/** An error in the current form; each status has a standard code and sentence. */
export function failure(world: World, status: number, code?: string, sentence?: string): Answer {
  const standard = standards[status] ?? {
    code: 'internal_error',
    sentence: 'Something went wrong on our side.',
  };
  const word = code ?? standard.code;
  const text =
    sentence ??
    (word === 'billing_suspended' ? 'The subscription is suspended.' : standard.sentence);
  switch (world.shapes.get('autoposting.errorForm')) {
    case 'sentence-code':
      // Those of S3 keep their own spelling.
      return json(status, {
        success: false,
        error: text,
        code: /[A-Z]/.test(word) ? word : word.toUpperCase(),
      });
    case 'sentence':
      // Only its code distinguishes suspension, so it keeps it in every form.
      return json(status, {
        success: false,
        error: word === 'billing_suspended' ? word : text,
      });
    case 'code':
      return json(status, { success: false, error: word });
    default:
      return json(status, { success: false, error: word, message: text });
  }
}
