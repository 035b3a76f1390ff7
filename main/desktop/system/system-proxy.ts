import { app } from 'electron';

/**
 * The proxy for an origin by the system's settings, as a PAC answer such as `PROXY host:8080; DIRECT`.
 * It comes from Chromium, since undici does not know these settings.
 */
export function systemProxy(origin: string): Promise<string> {
  // Not the default session's method: that would create the session.
  return app.resolveProxy(origin);
}
