import type { Agent as AgentType, Dispatcher, ProxyAgent as ProxyAgentType } from 'undici';
import api from 'undici/lib/api/index.js';
import AgentClass from 'undici/lib/dispatcher/agent.js';
import DispatcherClass from 'undici/lib/dispatcher/dispatcher.js';
import ProxyAgentClass from 'undici/lib/dispatcher/proxy-agent.js';

// By their files: the package's index loads fetch, WebSocket, caches and mocks along with them, which
// takes time at the start and 2 MiB at rest. No contract of undici covers this: it only has no `exports`
// that would forbid it. test/unit/http/undici.test.ts tells when an update moves these files.
// What the index does on loading, and they need:
Object.assign(DispatcherClass.prototype, api);

export const Agent: typeof AgentType = AgentClass;
export const ProxyAgent: typeof ProxyAgentType = ProxyAgentClass;

/** As undici's own `request`, for a dispatcher that is given. */
export function request(
  url: URL | string,
  {
    dispatcher,
    ...options
  }: Omit<Dispatcher.RequestOptions, 'origin' | 'path'> & { dispatcher: Dispatcher },
): Promise<Dispatcher.ResponseData> {
  const { origin, pathname, search } = new URL(url);
  return dispatcher.request({ ...options, origin, path: pathname + search });
}
