/**
 * TLS is required everywhere but on this machine, and certificates are always verified. Node's defaults
 * follow the environment: NODE_TLS_REJECT_UNAUTHORIZED=0, which developers' shells often have, turns
 * the verification off, and `--tls-min-v1.0` in NODE_OPTIONS allows old versions. So both are set here.
 * https://nodejs.org/docs/latest-v20.x/api/cli.html#node_tls_reject_unauthorizedvalue
 */
export const TLS_OPTIONS = { rejectUnauthorized: true, minVersion: 'TLSv1.2' } as const;

/** Whether a host name means this machine: plain http to it never travels over a network. */
export function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname === '[::1]' ||
    /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(hostname)
  );
}

/** Whether a key, or a URL that is itself an authorisation, may be sent to it. */
export function isSafeOrigin(url: URL): boolean {
  if (url.username !== '' || url.password !== '') return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
}
