import { createPollingService } from '../polling/polling-service';
import { followSentUploads } from '../polling/sent-uploads';
import type { Foundation } from './foundation';
import type { Network } from './network';

/** The polling of all accounts, which turns their services' answers into stored jobs. */
export function composePolling({ feed, storage, clock, log }: Foundation, network: Network) {
  const polling = createPollingService({
    feed,
    store: storage.polling,
    clock,
    random: Math.random,
    logger: log,
    rateLimits: network.jsonClient.rateLimits,
  });
  // What failed because of a certificate may work now.
  feed.on('certificates', () => polling.pollNow());
  followSentUploads({ feed, polling, upload: storage.uploads.get });
  return polling;
}
