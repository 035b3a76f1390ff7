import { createOpenExternal } from '../desktop/system/open-external';
import { systemProxy } from '../desktop/system/system-proxy';
import type { ServiceModule } from '../domain/service';
import { createDownloadClient } from '../http/download-client';
import { createJsonClient } from '../http/json-client';
import { breakSocketsFrom } from '../http/open-sockets';
import { createRealtimeClient } from '../http/realtime-client';
import { acceptableBaseUrl } from '../http/url';
import { serviceModules } from '../services';
import type { Foundation } from './foundation';

/** The clients that talk to services and hosts, and the services' addresses. */
export function composeNetwork({ userAgent, clock, feed, log }: Foundation) {
  const options = { userAgent, nowMs: clock.nowMs, resolveProxy: systemProxy };
  const jsonClient = createJsonClient(options);
  feed.on('connectivity', (change) => {
    if (change.kind === 'resumed') jsonClient.resetConnections();
    if (change.kind === 'addresses-lost') breakSocketsFrom(change.addresses);
  });

  const otherAddress = (service: ServiceModule) => process.env[service.baseUrlVariable];
  return {
    jsonClient,
    downloadClient: createDownloadClient(options),
    realtimeClient: createRealtimeClient({
      clock,
      random: Math.random,
      userAgent,
      resolveProxy: systemProxy,
    }),
    services: serviceModules,
    baseUrlOf(service: ServiceModule): string {
      const other = otherAddress(service);
      return other ? acceptableBaseUrl(other) : service.baseUrl;
    },
    openExternal: createOpenExternal(serviceModules.some(otherAddress), log),
  };
}

export type Network = ReturnType<typeof composeNetwork>;
