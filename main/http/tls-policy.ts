/**
 * TLS is required everywhere but on this machine. Certificates are verified by Node; nothing in the app
 * turns that off. NODE_EXTRA_CA_CERTS adds certificates, but not in the packaged app: see
 * docs/development.md.
 */

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
