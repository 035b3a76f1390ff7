export const PACES = ['saving', 'balanced', 'close'] as const;

/** How closely an account is polled: how much delay is accepted to save requests. */
export type PollingPace = (typeof PACES)[number];
