/** How often an account is polled: what a poll is worth against what it costs. */
export type PollingPace = 'saving' | 'balanced' | 'close';

export const PACES: readonly PollingPace[] = ['saving', 'balanced', 'close'];
