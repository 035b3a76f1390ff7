import { displayText } from '../domain/display-text';

// Autoposting: `message` with a code in `error`, or a sentence in `error`. Clipping: `erro`.
const TEXT_FIELDS = ['message', 'erro', 'error', 'detail', 'code'];

function firstText(
  body: unknown,
  clean: (value: unknown) => string | null,
  depthLeft: number,
): string | null {
  const own = clean(body);
  if (own !== null) return own;
  if (typeof body !== 'object' || body === null || depthLeft === 0) return null;
  for (const name of TEXT_FIELDS) {
    if (!Object.hasOwn(body, name)) continue;
    const text = firstText((body as Record<string, unknown>)[name], clean, depthLeft - 1);
    if (text !== null) return text;
  }
  return null;
}

/**
 * The service's own words in the parsed body of an error, or null. `secret` is masked before the text is
 * shortened, since some services repeat the refused key.
 */
export function remoteTextOf(body: unknown, secret: string | null = null): string | null {
  const clean = (value: unknown): string | null => {
    const hides = typeof value === 'string' && secret !== null && secret.length >= 4;
    return displayText(hides ? value.replaceAll(secret, '[key]') : value);
  };
  return firstText(body, clean, 3);
}
