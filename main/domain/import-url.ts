import { displayText } from './display-text';

/** Longest URL that is sent to a service, in characters. */
const MAX_LENGTH = 2048;
const MAX_TITLE_LENGTH = 120;

/**
 * The URL of a video that a service may be asked to fetch, in its normal form. Null unless it is http
 * or https, has no user name or password (which the service would learn), and is not too long.
 */
export function importableUrl(text: string): string | null {
  const given = text.trim();
  if (given.length > MAX_LENGTH || !URL.canParse(given)) return null;
  const url = new URL(given);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
  if (url.username !== '' || url.password !== '') return null;
  return url.href.length > MAX_LENGTH ? null : url.href;
}

/**
 * A video's title until its service has given it one: the file name in the URL, or host and path.
 * Never the query, which may contain an authorisation. Throws if the text is not a URL.
 */
export function titleFromUrl(text: string): string {
  const { hostname, pathname } = new URL(text);
  const path = decoded(pathname);
  const fileName = /([^/]+)\.[a-z0-9]{2,4}$/i.exec(path)?.[1];
  const site = hostname.replace(/^www\./, '');
  return displayText(fileName ?? `${site}${path.replace(/\/+$/, '')}`, MAX_TITLE_LENGTH) ?? site;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
