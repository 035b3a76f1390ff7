import { extname, join, normalize, sep } from 'node:path';

/** Origin of our pages. They have a scheme of their own, since `file://` could read any file. */
export const ORIGIN = 'app://cliptray';
export const START_PAGE = `${ORIGIN}/index.html`;

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** Path of the file behind a URL of our scheme, or null when it is none of our pages' files. */
export function pageFile(address: string, folder: string): string | null {
  let url: URL;
  let path: string;
  try {
    url = new URL(address);
    path = decodeURIComponent(url.pathname);
  } catch {
    return null;
  }
  if (`${url.protocol}//${url.host}` !== ORIGIN || path.includes('\0')) return null;
  const file = normalize(join(folder, path));
  return file.startsWith(folder + sep) && extname(file) in TYPES ? file : null;
}

/** Content type of a file that `pageFile` let through. */
export function contentType(file: string): string {
  return TYPES[extname(file)] ?? 'application/octet-stream';
}
