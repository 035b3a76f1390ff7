import { followSentUploads } from '../polling/sent-uploads';
import { createWatcher } from '../polling/watcher';
import type { Foundation } from './foundation';
import type { Network } from './network';

/** What polls the accounts, and turns what they answer into stored jobs. */
export function composeWatching({ feed, storage, clock, log }: Foundation, network: Network) {
  const watcher = createWatcher({
    feed,
    store: storage.polling,
    clock,
    random: Math.random,
    logger: log,
    rateLimits: network.jsonClient.rateLimits,
  });
  followSentUploads({ feed, watcher, upload: storage.uploads.get });
  return watcher;
}
