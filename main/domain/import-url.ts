import { displayText } from './display-text';

/** Longest address that is handed to a service, in characters. */
const MAX_LENGTH = 2048;

/**
 * The address of a video that a service may be asked to fetch, in its normal form. Null unless it is
 * http or https, of a bounded length, and without a user name or password, which the service would
 * learn.
 */
export function importableUrl(text: string): string | null {
  const given = text.trim();
  if (given.length > MAX_LENGTH || !URL.canParse(given)) return null;
  const url = new URL(given);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
  if (url.username !== '' || url.password !== '') return null;
  return url.href.length > MAX_LENGTH ? null : url.href;
}

const MAX_TITLE_LENGTH = 120;

/**
 * What a video is called until its service has named it: the file that the address names, or else
 * its host and path. Never the query, which may hold an access token.
 */
export function titleFromUrl(address: string): string {
  const { hostname, pathname } = new URL(address);
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
