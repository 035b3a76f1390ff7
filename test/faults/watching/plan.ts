/** When a run is killed around work that ends while the run is watching. */
export const LIVE_INSTANTS = [
  'before it polls',
  'before an answer',
  'after an answer',
  'while it notifies',
] as const;
/** When a run is killed that finds work which ended before it started. */
export const START_INSTANTS = ['as it starts', 'after its first answers', 'in the digest'] as const;
/** The run has seen the work under way, and is killed before the work ends. */
export const AWAY_INSTANT = 'before the work ends';

export type LiveInstant = (typeof LIVE_INSTANTS)[number];
export type StartInstant = (typeof START_INSTANTS)[number];
export type Instant = LiveInstant | StartInstant | typeof AWAY_INSTANT;
export const INSTANTS: readonly Instant[] = [AWAY_INSTANT, ...LIVE_INSTANTS, ...START_INSTANTS];

/** What happens in a round: work that ends, and the kills around it. */
export interface Round {
  executions: { failed: boolean }[];
  render: boolean;
  /** Over how many milliseconds the ends are spread; 0 means all at once. */
  spreadMs: number;
  first: LiveInstant | typeof AWAY_INSTANT;
  /** Kills of the runs that follow, before one is left alone to notify of everything. */
  later: StartInstant[];
}

const MAX_EXECUTIONS = 6;
const AWAY_SHARE = 0.15;
const RENDER_SHARE = 0.2;
const FAILED_SHARE = 0.2;
const SPREAD_SHARE = 0.3;
const MAX_SPREAD_MS = 600;
/** The chance that a kill is followed by another one at the next start. */
const AGAIN_SHARE = 0.45;
const MAX_LATER = 3;

/** A round with at most `killsLeft` kills, all of it drawn from `random` (0 to 1). */
export function planRound(random: () => number, killsLeft: number): Round {
  const oneOf = <T>(things: readonly T[]) => things[Math.floor(random() * things.length)] as T;
  const away = killsLeft > 1 && random() < AWAY_SHARE;
  const round: Round = {
    // Mostly a few, notified one by one; now and then so many that they come in a digest.
    executions: Array.from({ length: 1 + Math.floor(random() ** 2 * MAX_EXECUTIONS) }, () => ({
      failed: random() < FAILED_SHARE,
    })),
    render: random() < RENDER_SHARE,
    spreadMs: random() < SPREAD_SHARE ? Math.floor(random() * MAX_SPREAD_MS) : 0,
    first: away ? AWAY_INSTANT : oneOf(LIVE_INSTANTS),
    later: [],
  };
  const max = Math.min(MAX_LATER, killsLeft - 1);
  // Work that ended while nothing ran needs at least one kill at a start.
  while (
    round.later.length < max &&
    ((away && round.later.length === 0) || random() < AGAIN_SHARE)
  ) {
    round.later.push(oneOf(START_INSTANTS));
  }
  return round;
}
