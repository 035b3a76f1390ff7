/** What the app's database said of a completion when its process had gone. */
export type OutboxState = 'pending' | 'telling' | 'told';

/** Remote work that ended; its title is unique. */
export interface Completion {
  title: string;
  round: number;
  endedAtMs: number;
}

/** What a notification on D-Bus said: that one piece of work ended, or how many did. */
export type SeenNotification =
  | { kind: 'single'; title: string; atMs: number }
  | { kind: 'digest'; count: number; atMs: number };

/** How a run of the app came to its end. */
export interface Kill {
  /** How its instant was chosen. */
  name: string;
  atMs: number;
  /** By title; a title that is missing was not yet known to have ended. */
  outbox: ReadonlyMap<string, OutboxState>;
}

/** One run of the app: its notifications, in order, and the kill that ended it, if one did. */
export interface AppRun {
  number: number;
  notifications: SeenNotification[];
  kill: Kill | null;
}

/** A completion that was notified again. */
export interface Repeat {
  title: string;
  round: number;
  /**
   * It came again in a digest, because the kill fell between the daemon's answer and the app's
   * commit: the app cannot tell that from a kill before the answer.
   */
  excused: boolean;
  /** The run that had shown it before and was killed while it did; null where that is unknown. */
  afterRun: number | null;
  why: string;
}

export interface Verdict {
  completions: number;
  toldOnce: number;
  /** Titles of the completions that were never on D-Bus. */
  lost: string[];
  repeats: Repeat[];
}

/**
 * Compares what was on D-Bus with what ended. A digest only gives a number: which completions it
 * meant follows from what the database said after the run that showed it. A run that goes on counts
 * as having notified of everything.
 */
export function judge(completions: readonly Completion[], runs: readonly AppRun[]): Verdict {
  const byTitle = new Map(completions.map((completion) => [completion.title, completion]));
  const shows = new Map<string, Show[]>();
  const repeats: Repeat[] = [];
  const timesOf = (title: string) => shows.get(title)?.length ?? 0;

  /** Counts it as shown; returns how it was shown before, if it was. */
  const show = (title: string, now: Show): Show | null => {
    const before = shows.get(title) ?? [];
    shows.set(title, [...before, now]);
    return before.at(-1) ?? null;
  };
  const repeat = (title: string, shown: Show | null, excused: boolean, why: string) => {
    const round = byTitle.get(title)?.round ?? 0;
    repeats.push({ title, round, excused, afterRun: shown?.run.number ?? null, why });
  };

  let before: AppRun | null = null;
  for (const run of runs) {
    const doubtful = doubtfulAfter(before, timesOf);
    for (const notification of run.notifications) {
      if (notification.kind === 'digest') continue;
      const shown = show(notification.title, { run, notification });
      if (shown)
        repeat(notification.title, shown, false, `shown again by itself in run ${run.number}`);
    }
    const members = membersInOrder(completions, run, doubtful, timesOf);
    for (const notification of run.notifications) {
      if (notification.kind === 'single') continue;
      for (let named = 0; named < notification.count; named += 1) {
        const title = members.shift();
        if (title === undefined) {
          repeat('?', null, false, `one too many in a digest of run ${run.number}`);
          continue;
        }
        const shown = show(title, { run, notification });
        if (shown) repeat(title, shown, true, explanation(shown, run));
      }
    }
    before = run;
  }
  return {
    completions: completions.length,
    toldOnce: completions.filter(({ title }) => timesOf(title) === 1).length,
    lost: completions.filter(({ title }) => timesOf(title) === 0).map(({ title }) => title),
    repeats,
  };
}

/** Titles that had been on D-Bus although the database could not say so when the run was killed. */
function doubtfulAfter(run: AppRun | null, timesOf: (title: string) => number): string[] {
  return [...(run?.kill?.outbox ?? [])].flatMap(([title, state]) =>
    state === 'telling' && timesOf(title) > 0 ? [title] : [],
  );
}

/** Which completions the digests of a run meant, the surest first; singles are counted already. */
function membersInOrder(
  completions: readonly Completion[],
  { kill, notifications }: AppRun,
  doubtful: string[],
  timesOf: (title: string) => number,
): string[] {
  const lastDigestMs = Math.max(
    ...notifications.map(({ kind, atMs }) => (kind === 'digest' ? atMs : 0)),
  );
  const singles = new Set(
    notifications.flatMap((one) => (one.kind === 'single' ? [one.title] : [])),
  );
  const stateOf = (title: string) => (kill === null ? 'told' : kill.outbox.get(title));
  const fresh = completions.flatMap(({ title, endedAtMs }) =>
    timesOf(title) === 0 && endedAtMs <= lastDigestMs ? [title] : [],
  );
  const again = doubtful.filter((title) => !singles.has(title));
  return (['told', 'telling'] as const).flatMap((state) =>
    [...fresh, ...again].filter((title) => stateOf(title) === state),
  );
}

/** A notification of a completion, and the run that showed it. */
interface Show {
  run: AppRun;
  notification: SeenNotification;
}

function explanation({ run, notification }: Show, again: AppRun): string {
  const { name = 'a kill', atMs = 0 } = run.kill ?? {};
  const gapMs = Math.round(atMs - notification.atMs);
  const when = gapMs < 0 ? 'while it was on its way' : `${gapMs} ms after the daemon had it`;
  const how = notification.kind === 'digest' ? `in a digest of ${notification.count}` : 'by itself';
  return (
    `shown ${how} in run ${run.number}, which was killed ${when} (${name}), and its database said ` +
    `"telling"; shown again in the digest of run ${again.number}`
  );
}
