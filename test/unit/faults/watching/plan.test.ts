import { describe, expect, test } from 'vitest';
import { parseOptions } from '../../../faults/watching/options';
import { AWAY_INSTANT, INSTANTS, planRound, START_INSTANTS } from '../../../faults/watching/plan';
import { readNotification } from '../../../faults/watching/read-notification';
import { seededRandom } from '../../../simulator/random';

function rounds(seed: number, kills: number) {
  const random = seededRandom(seed);
  const planned = [];
  for (let left = kills; left > 0; ) {
    const round = planRound(random, left);
    left -= 1 + round.later.length;
    planned.push(round);
  }
  return planned;
}

describe('the plan of a run', () => {
  test.each([1, 20, 200])('has %i kills, not one more', (kills) => {
    const planned = rounds(3, kills);
    expect(planned.reduce((sum, { later }) => sum + 1 + later.length, 0)).toBe(kills);
  });

  test('is the same for the same seed, and another for another', () => {
    expect(rounds(5, 50)).toEqual(rounds(5, 50));
    expect(rounds(5, 50)).not.toEqual(rounds(6, 50));
  });

  test('tries every kind of instant, singles and digests, successes and failures', () => {
    const planned = rounds(9, 200);
    const instants = planned.flatMap(({ first, later }) => [first, ...later]);
    expect(new Set(instants)).toEqual(new Set(INSTANTS));
    expect(new Set(planned.map(({ executions }) => executions.length)).size).toBe(6);
    expect(planned.some(({ render }) => render)).toBe(true);
    expect(planned.some(({ executions }) => executions.some(({ failed }) => failed))).toBe(true);
  });

  test('also kills the app at its start when the work ended without it', () => {
    for (const { first, later } of rounds(11, 400)) {
      if (first === AWAY_INSTANT) expect(START_INSTANTS).toContain(later[0]);
    }
  });
});

describe('a notification', () => {
  const shown = (summary: string, body: string) => ({ summary, body, shownAtMs: 7 });

  test('that names a piece of work is about that alone', () => {
    const read = readNotification(shown('Teaser — Work 0012-3', 'Finished.'), ['Work 0012-3']);
    expect(read).toEqual({ kind: 'single', title: 'Work 0012-3', atMs: 7 });
  });

  test('that names none counts for everything it mentions, done and failed', () => {
    const read = readNotification(shown('While you were away', '3 finished, 1 needs a look'), [
      'Work 0012-3',
    ]);
    expect(read).toEqual({ kind: 'digest', count: 4, atMs: 7 });
  });

  test('about anything else is not taken for a completion', () => {
    expect(readNotification(shown('Notifications work', 'They do.'), ['Work 0012-3'])).toBeNull();
  });
});

test('an option that is misspelt, or no sensible number, is refused', () => {
  expect(parseOptions(['--quick', '--seed=5'])).toEqual({ kills: 20, seed: 5 });
  expect(parseOptions(['--kills=7']).kills).toBe(7);
  expect(parseOptions([]).kills).toBe(200);
  expect(() => parseOptions(['--quik'])).toThrow();
  expect(() => parseOptions(['--seed=x'])).toThrow('--seed');
  expect(() => parseOptions(['--kills=0'])).toThrow('--kills');
});
