import type { ChangeFeed } from '../events';

/**
 * Has the accounts go on with the searches for what was started here as soon as they can: one when it is
 * connected, all after a wake, with the network, and when something can be stored again. Returns the
 * function that unsubscribes.
 */
export function resumeSearches(
  feed: Pick<ChangeFeed, 'on'>,
  executions: { resumeSearches(accountId: string): void },
  accountIds: () => string[],
): () => void {
  const resumeAll = () => {
    for (const accountId of accountIds()) executions.resumeSearches(accountId);
  };
  const stops = [
    feed.on('connection', ({ accountId, isConnected }) => {
      if (isConnected) executions.resumeSearches(accountId);
    }),
    feed.on('connectivity', ({ kind }) => {
      if (kind === 'resumed') resumeAll();
    }),
    feed.on('storage', ({ problem }) => {
      if (problem === null) resumeAll();
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
