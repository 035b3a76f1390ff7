import { readFile } from 'node:fs/promises';
import { app, protocol } from 'electron';
import { CONTENT_SECURITY_POLICY } from './content-security-policy';
import { contentType, pageFile } from './page-file';

/** Registers the scheme of our pages. Must run before the app is ready. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true } },
  ]);
}

/** Serves the built renderer from `folder` under ORIGIN, with the security policy on every response. */
export function serveApp(folder: string): void {
  const answer = async (request: Request) => {
    const file = pageFile(request.url, folder);
    const headers = {
      'Content-Security-Policy': CONTENT_SECURITY_POLICY,
      'X-Content-Type-Options': 'nosniff',
    };
    if (file === null) return new Response(null, { status: 404, headers });
    try {
      return new Response(await readFile(file), {
        headers: { ...headers, 'Content-Type': contentType(file) },
      });
    } catch {
      return new Response(null, { status: 404, headers });
    }
  };
  // Together with the first window's session: created earlier, it would cost 9 MiB while no window is open.
  app.on('session-created', ({ protocol }) => protocol.handle('app', answer));
}
