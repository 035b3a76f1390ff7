/** When a run is killed, as work ends while it looks. */
export const LIVE_INSTANTS = [
  'before it asks',
  'before an answer',
  'after an answer',
  'while it tells',
] as const;
/** When a run is killed that finds what ended without it. */
export const START_INSTANTS = ['as it starts', 'after its first answers', 'in the digest'] as const;
/** The run has seen the work under way, and dies before it ends. */
export const AWAY_INSTANT = 'before the work ends';

export type LiveInstant = (typeof LIVE_INSTANTS)[number];
export type StartInstant = (typeof START_INSTANTS)[number];
export type Instant = LiveInstant | StartInstant | typeof AWAY_INSTANT;
export const INSTANTS: readonly Instant[] = [AWAY_INSTANT, ...LIVE_INSTANTS, ...START_INSTANTS];

/** What happens in a round: work that ends, and the kills around it. */
export interface Round {
  executions: { failed: boolean }[];
  render: boolean;
  /** Over how many milliseconds the ends are spread; 0 is all at once. */
  spreadMs: number;
  first: LiveInstant | typeof AWAY_INSTANT;
  /** Kills of the runs after it, before one is left to tell everything. */
  later: StartInstant[];
}

const MOST_EXECUTIONS = 6;
const AWAY_SHARE = 0.15;
const RENDER_SHARE = 0.2;
const FAILED_SHARE = 0.2;
const SPREAD_SHARE = 0.3;
const MOST_SPREAD_MS = 600;
/** After a first kill, another one at the next start; after that a third. */
const AGAIN_SHARE = 0.45;
const MOST_LATER = 3;

/** A round with at most `killsLeft` kills, all of it drawn from `random` (0 to 1). */
export function planRound(random: () => number, killsLeft: number): Round {
  const oneOf = <T>(things: readonly T[]) => things[Math.floor(random() * things.length)] as T;
  const away = killsLeft > 1 && random() < AWAY_SHARE;
  const round: Round = {
    // Mostly a few, told one by one; now and then so many that they come in a digest.
    executions: Array.from({ length: 1 + Math.floor(random() ** 2 * MOST_EXECUTIONS) }, () => ({
      failed: random() < FAILED_SHARE,
    })),
    render: random() < RENDER_SHARE,
    spreadMs: random() < SPREAD_SHARE ? Math.floor(random() * MOST_SPREAD_MS) : 0,
    first: away ? AWAY_INSTANT : oneOf(LIVE_INSTANTS),
    later: [],
  };
  const most = Math.min(MOST_LATER, killsLeft - 1);
  // Work that ended while nothing ran is what a kill at the start is about.
  while (
    round.later.length < most &&
    ((away && round.later.length === 0) || random() < AGAIN_SHARE)
  ) {
    round.later.push(oneOf(START_INSTANTS));
  }
  return round;
}
