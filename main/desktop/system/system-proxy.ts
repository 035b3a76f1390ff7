import { app } from 'electron';

/**
 * The proxy for an origin by the system's settings, as a PAC answer such as `PROXY host:8080; DIRECT`.
 * Chromium is asked, since undici does not know these settings.
 */
export function systemProxy(origin: string): Promise<string> {
  // Not the default session's method: the session would have to be created for it.
  return app.resolveProxy(origin);
}
