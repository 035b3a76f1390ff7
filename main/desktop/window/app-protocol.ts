import { readFile } from 'node:fs/promises';
import { app, protocol } from 'electron';
import { contentType, pageFile } from './page-file';

/** No network, no inline code, no frames, no forms: the page gets everything over the bridge. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Must run before the app is ready. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true } },
  ]);
}

/** Serves the built renderer from `folder` under ORIGIN, with the content policy on every answer. */
export function serveApp(folder: string): void {
  const answer = async (request: Request) => {
    const file = pageFile(request.url, folder);
    const headers = { 'Content-Security-Policy': POLICY, 'X-Content-Type-Options': 'nosniff' };
    if (file === null) return new Response(null, { status: 404, headers });
    try {
      return new Response(await readFile(file), {
        headers: { ...headers, 'Content-Type': contentType(file) },
      });
    } catch {
      return new Response(null, { status: 404, headers });
    }
  };
  // With the session, which comes with the first window: made before, it would take 9 MiB at rest.
  app.on('session-created', ({ protocol }) => protocol.handle('app', answer));
}
