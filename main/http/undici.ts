import type { Agent as AgentType, Dispatcher, ProxyAgent as ProxyAgentType } from 'undici';
import api from 'undici/lib/api/index.js';
import AgentClass from 'undici/lib/dispatcher/agent.js';
import DispatcherClass from 'undici/lib/dispatcher/dispatcher.js';
import ProxyAgentClass from 'undici/lib/dispatcher/proxy-agent.js';
import './open-sockets';

// Imported file by file: the package's index also loads fetch, WebSocket, caches and mocks, which costs
// start-up time and 2 MiB of memory. These paths are not part of undici's API; it just has no `exports`
// that would forbid them. test/unit/http/undici.test.ts fails when an update moves a file.
// The index does this when it is loaded, and the classes need it:
Object.assign(DispatcherClass.prototype, api);

export const Agent: typeof AgentType = AgentClass;
export const ProxyAgent: typeof ProxyAgentType = ProxyAgentClass;

/** Like undici's own `request`, but always through the given dispatcher. */
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
