/** How closely an account is watched: what a poll is worth against what it costs. */
export type Pace = 'saving' | 'balanced' | 'close';

export const PACES: readonly Pace[] = ['saving', 'balanced', 'close'];
