import { createOpenExternal } from '../desktop/system/open-external';
import { systemProxy } from '../desktop/system/system-proxy';
import type { ServiceModule } from '../domain/service';
import { createCompanyCertificates } from '../http/company-certificates';
import { createDownloadClient } from '../http/download-client';
import { createJsonClient } from '../http/json-client';
import { breakSocketsFrom } from '../http/open-sockets';
import { createRealtimeClient } from '../http/realtime-client';
import { serviceAddress } from '../http/service-address';
import { serviceModules } from '../services';
import type { Foundation } from './foundation';

/** The clients that talk to services and hosts, and the services' addresses. */
export function composeNetwork({ userAgent, clock, feed, storage, log }: Foundation) {
  const options = {
    userAgent,
    nowMs: clock.nowMs,
    monotonicMs: clock.monotonicMs,
    resolveProxy: systemProxy,
  };
  const jsonClient = createJsonClient(options);
  feed.on('connectivity', (change) => {
    if (change.kind === 'resumed') jsonClient.resetConnections();
    if (change.kind === 'addresses-lost') breakSocketsFrom(change.addresses);
  });

  const addressOf = (service: ServiceModule) => serviceAddress(service, process.env);
  const overrideOf = (service: ServiceModule) => addressOf(service).override;
  const certificates = createCompanyCertificates({
    stored: storage.settings,
    ...{ feed, clock, logger: log },
  });
  return {
    certificates,
    jsonClient,
    downloadClient: createDownloadClient(options),
    realtimeClient: createRealtimeClient({
      clock,
      random: Math.random,
      userAgent,
      resolveProxy: systemProxy,
    }),
    services: serviceModules,
    baseUrlOf: (service: ServiceModule): string => addressOf(service).baseUrl,
    overrideOf,
    openExternal: createOpenExternal(
      serviceModules.some((service) => overrideOf(service) !== null),
      log,
    ),
  };
}

export type Network = ReturnType<typeof composeNetwork>;
