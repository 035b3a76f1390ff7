export const PACES = ['saving', 'balanced', 'close'] as const;

/** How closely an account is watched: what a poll is worth against what it costs. */
export type PollingPace = (typeof PACES)[number];
