/** What the app's database said of a completion when its process had gone. */
export type OutboxState = 'pending' | 'telling' | 'told';

/** Remote work that ended, by the one title it has. */
export interface Completion {
  title: string;
  round: number;
  endedAtMs: number;
}

/** What a notification on D-Bus said: the end of one piece of work, or a number of them. */
export type Told =
  | { kind: 'single'; title: string; atMs: number }
  | { kind: 'digest'; count: number; atMs: number };

/** How a run of the app came to its end. */
export interface Kill {
  /** Which of the ways to choose an instant it was. */
  name: string;
  atMs: number;
  /** By title; what is not in it was not yet known to have ended. */
  outbox: ReadonlyMap<string, OutboxState>;
}

/** One run of the app: what it told, in order, and how it ended; null while it goes on. */
export interface Life {
  number: number;
  told: Told[];
  kill: Kill | null;
}

/** A completion that was told again. */
export interface Repeat {
  title: string;
  round: number;
  /**
   * Told again in a digest, because the kill fell between the daemon's answer and the app's commit:
   * nobody can tell that from a kill before the answer.
   */
  excused: boolean;
  /** The run that had told it before, and was killed as it did; null where that is not known. */
  afterRun: number | null;
  why: string;
}

export interface Verdict {
  completions: number;
  toldOnce: number;
  /** Titles of those that were never on D-Bus. */
  lost: string[];
  repeats: Repeat[];
}

/**
 * Compares what was on D-Bus with what ended. A digest only names a number: whom it meant follows
 * from what the database said when the run that showed it had gone. A run that goes on counts as
 * one that has told everything.
 */
export function judge(completions: readonly Completion[], lives: readonly Life[]): Verdict {
  const byTitle = new Map(completions.map((completion) => [completion.title, completion]));
  const shows = new Map<string, Show[]>();
  const repeats: Repeat[] = [];
  const timesOf = (title: string) => shows.get(title)?.length ?? 0;

  /** Counts it as shown; gives when it was shown before. */
  const show = (title: string, now: Show): Show | null => {
    const before = shows.get(title) ?? [];
    shows.set(title, [...before, now]);
    return before.at(-1) ?? null;
  };
  const repeat = (title: string, shown: Show | null, excused: boolean, why: string) => {
    const round = byTitle.get(title)?.round ?? 0;
    repeats.push({ title, round, excused, afterRun: shown?.life.number ?? null, why });
  };

  let before: Life | null = null;
  for (const life of lives) {
    const doubtful = doubtfulAfter(before, timesOf);
    for (const told of life.told) {
      if (told.kind === 'digest') continue;
      const shown = show(told.title, { life, told });
      if (shown) repeat(told.title, shown, false, `told again by itself in run ${life.number}`);
    }
    const members = membersInOrder(completions, life, doubtful, timesOf);
    for (const told of life.told) {
      if (told.kind === 'single') continue;
      for (let named = 0; named < told.count; named += 1) {
        const title = members.shift();
        if (title === undefined) {
          repeat('?', null, false, `one too many in a digest of run ${life.number}`);
          continue;
        }
        const shown = show(title, { life, told });
        if (shown) repeat(title, shown, true, explanation(shown, life));
      }
    }
    before = life;
  }
  return {
    completions: completions.length,
    toldOnce: completions.filter(({ title }) => timesOf(title) === 1).length,
    lost: completions.filter(({ title }) => timesOf(title) === 0).map(({ title }) => title),
    repeats,
  };
}

/** Those that had been on D-Bus although the database could not say so when the run was killed. */
function doubtfulAfter(life: Life | null, timesOf: (title: string) => number): string[] {
  return [...(life?.kill?.outbox ?? [])].flatMap(([title, state]) =>
    state === 'telling' && timesOf(title) > 0 ? [title] : [],
  );
}

/** Whom the digests of a run meant, the surest first; its singles are counted already. */
function membersInOrder(
  completions: readonly Completion[],
  { kill, told }: Life,
  doubtful: string[],
  timesOf: (title: string) => number,
): string[] {
  const lastDigestMs = Math.max(...told.map(({ kind, atMs }) => (kind === 'digest' ? atMs : 0)));
  const singles = new Set(told.flatMap((one) => (one.kind === 'single' ? [one.title] : [])));
  const stateOf = (title: string) => (kill === null ? 'told' : kill.outbox.get(title));
  const fresh = completions.flatMap(({ title, endedAtMs }) =>
    timesOf(title) === 0 && endedAtMs <= lastDigestMs ? [title] : [],
  );
  const again = doubtful.filter((title) => !singles.has(title));
  return (['told', 'telling'] as const).flatMap((state) =>
    [...fresh, ...again].filter((title) => stateOf(title) === state),
  );
}

/** When a completion was on D-Bus. */
interface Show {
  life: Life;
  told: Told;
}

function explanation({ life, told }: Show, again: Life): string {
  const { name = 'a kill', atMs = 0 } = life.kill ?? {};
  const gapMs = Math.round(atMs - told.atMs);
  const when = gapMs < 0 ? 'as it was on its way' : `${gapMs} ms after the daemon had it`;
  const how = told.kind === 'digest' ? `in a digest of ${told.count}` : 'by itself';
  return (
    `shown ${how} in run ${life.number}, which was killed ${when} (${name}), and its database said ` +
    `"telling"; shown again in the digest of run ${again.number}`
  );
}
