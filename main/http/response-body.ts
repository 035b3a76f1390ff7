import { ServiceError } from '../domain/service-error';

/** Larger than any honest response: 10,000 clips are about 4 MiB. */
export const MAX_RESPONSE_BYTES = 8 * 1024 * 1024;

/** Deeper than any honest response, and shallow enough for code that walks a value recursively. */
const MAX_DEPTH = 64;

/** What a response's body is, before any schema has looked at it. */
export type ParsedBody =
  | { kind: 'empty' }
  | { kind: 'json'; value: unknown }
  /** Meant as JSON, but broken. */
  | { kind: 'broken' }
  | { kind: 'too-deep' }
  /** A web page or other text: most likely it does not come from the service. */
  | { kind: 'page' };

/**
 * Reads a body of at most `maxBytes`. Throws ServiceError `too-large` and drops the connection when
 * there is more.
 */
export async function readBounded(
  body: AsyncIterable<Uint8Array>,
  maxBytes: number,
): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  // Leaving the loop destroys the stream, and with it the connection.
  for await (const chunk of body) {
    sizeBytes += chunk.byteLength;
    if (sizeBytes > maxBytes) throw new ServiceError('too-large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, sizeBytes);
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

// Counted on the bytes before they are parsed: all of these are ASCII, which never occurs inside a longer
// UTF-8 character.
function isTooDeep(bytes: Uint8Array): boolean {
  const { length } = bytes;
  let depth = 0;
  for (let index = 0; index < length; index += 1) {
    const byte = bytes[index];
    if (byte === QUOTE) {
      index += 1;
      while (index < length && bytes[index] !== QUOTE) index += bytes[index] === BACKSLASH ? 2 : 1;
    } else if (byte === OPEN_BRACKET || byte === OPEN_BRACE) {
      depth += 1;
      if (depth > MAX_DEPTH) return true;
    } else if (byte === CLOSE_BRACKET || byte === CLOSE_BRACE) depth -= 1;
  }
  return false;
}

/**
 * Parses a body as JSON whatever its content type says, since services mislabel it. The type only
 * decides what a body that is not JSON was meant to be. A byte order mark is skipped.
 */
export function parseBody(bytes: Uint8Array, contentType: string | null): ParsedBody {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes).trim();
  } catch {
    return { kind: claimsJson(contentType) ? 'broken' : 'page' };
  }
  if (text === '') return { kind: 'empty' };
  if (text.startsWith('<')) return { kind: 'page' };
  if (isTooDeep(bytes)) return { kind: 'too-deep' };
  try {
    return { kind: 'json', value: JSON.parse(text) };
  } catch {
    const meantAsJson = claimsJson(contentType) || text.startsWith('{') || text.startsWith('[');
    return { kind: meantAsJson ? 'broken' : 'page' };
  }
}

function claimsJson(contentType: string | null): boolean {
  return contentType !== null && /[/+]json\b/i.test(contentType);
}

const MAX_ERROR_BYTES = 256 * 1024;

/** Reads an error's body. It matters less than the status, so one that is too long counts as a page. */
export async function readErrorBody(body: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  try {
    return await readBounded(body, MAX_ERROR_BYTES);
  } catch (error) {
    if (error instanceof ServiceError) return LONG_PAGE;
    throw error;
  }
}

// Stands for a body that is too long to be a service's error, so it counts as a page.
const LONG_PAGE = Buffer.from('<');
