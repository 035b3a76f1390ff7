/** Longest address that is handed to a service, in characters. */
const MAX_LENGTH = 2048;

/**
 * The address of a video that a service may be asked to fetch, in its normal form; null when it is
 * none: only http and https, no user name or password (the service would learn it), of a bounded
 * length.
 */
export function importableUrl(text: string): string | null {
  const given = text.trim();
  if (given.length > MAX_LENGTH || !URL.canParse(given)) return null;
  const url = new URL(given);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
  if (url.username !== '' || url.password !== '') return null;
  return url.href.length > MAX_LENGTH ? null : url.href;
}
