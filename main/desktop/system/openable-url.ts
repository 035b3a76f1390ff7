/**
 * The URL in the form in which it may be handed to the browser, or null. Only https; plain http only to
 * this machine, when `allowLoopback` is set for services that run here. Serialised again after parsing,
 * so that what was checked is what is opened.
 */
export function openableUrl(address: string, allowLoopback: boolean): string | null {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return null;
  }
  if (url.username || url.password) return null;
  const loopback = ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  if (url.protocol === 'https:' || (url.protocol === 'http:' && loopback && allowLoopback)) {
    return url.href;
  }
  return null;
}
