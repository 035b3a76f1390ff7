import type { ChangeFeed } from '../events';

/**
 * Has each account go on with the searches for what was started here as soon as it is connected. Returns
 * the function that unsubscribes.
 */
export function resumeSearchesOnConnection(
  feed: Pick<ChangeFeed, 'on'>,
  executions: { resumeSearches(accountId: string): void },
): () => void {
  return feed.on('connection', ({ accountId, isConnected }) => {
    if (isConnected) executions.resumeSearches(accountId);
  });
}
