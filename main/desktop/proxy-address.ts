/**
 * The proxy for an origin as an address, or null for a direct connection. The answer is a PAC list
 * such as `PROXY host:8080; DIRECT`; the first entry counts. SOCKS is not spoken by our HTTP client.
 */
export function proxyAddress(pacAnswer: string): string | null {
  const [first = ''] = pacAnswer.split(';');
  const match = /^\s*(PROXY|HTTPS)\s+([^\s;]+)\s*$/i.exec(first);
  if (!match) return null;
  return `${match[1]?.toUpperCase() === 'HTTPS' ? 'https' : 'http'}://${match[2]}`;
}
