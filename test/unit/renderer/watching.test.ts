import { describe, expect, it } from 'vitest';
import { createTranslator } from '../../../preload/messages';
import { dayCost } from '../../../renderer/src/state/day-cost';
import { historyDayChoices, isShorter } from '../../../renderer/src/state/history-days';
import { minuteOf, timeOf } from '../../../renderer/src/state/minute-of-day';
import { roundJobTimeLeft } from '../../../renderer/src/state/time-left';
import { timeLeftText } from '../../../renderer/src/views/jobs/time-left-text';

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;

describe('the likely time left', () => {
  it('is shown in steps that fit its certainty, and not at all once it is past', () => {
    const left = (ms: number) => roundJobTimeLeft(ms, null);
    expect(left(-1)).toBeNull();
    expect(left(0)).toBeNull();
    expect(left(59 * SECOND_MS)).toBe(0);
    expect(left(2.4 * MINUTE_MS)).toBe(2 * MINUTE_MS);
    expect(left(17 * MINUTE_MS)).toBe(15 * MINUTE_MS);
    expect(left(100 * MINUTE_MS)).toBe(105 * MINUTE_MS);
  });

  it('does not jump back and forth with each new estimate', () => {
    let shownMs: number | null = null;
    const shown = [2.6, 2.45, 2.55, 2.3, 2.7].map((minutes) => {
      shownMs = roundJobTimeLeft(minutes * MINUTE_MS, shownMs);
      return shownMs;
    });
    expect(new Set(shown)).toEqual(new Set([3 * MINUTE_MS]));
    expect(roundJobTimeLeft(2.2 * MINUTE_MS, 3 * MINUTE_MS)).toBe(2 * MINUTE_MS);
    expect(roundJobTimeLeft(20 * SECOND_MS, MINUTE_MS)).toBe(0);
  });

  it.each([
    ['en-US', 'about 2 min left', 'less than a minute left'],
    ['pt-BR', 'faltam cerca de 2 min', 'falta menos de um minuto'],
  ])('has the words that uploads have in %s', (locale, minutes, almost) => {
    const t = createTranslator(locale);
    expect(timeLeftText(t, 2 * MINUTE_MS)).toBe(minutes);
    expect(timeLeftText(t, 0)).toBe(almost);
  });
});

describe('what checking costs a day', () => {
  it('is an estimate with as many digits as it deserves, and never zero when it costs something', () => {
    expect(dayCost(0)).toEqual({ coins: 0, isLess: false });
    expect(dayCost(0.004)).toEqual({ coins: 0.01, isLess: true });
    expect(dayCost(0.416)).toEqual({ coins: 0.42, isLess: false });
    expect(dayCost(2.34)).toEqual({ coins: 2.3, isLess: false });
  });
});

describe('a quiet time', () => {
  it('is stored as the minute that the clock shows', () => {
    for (const minute of [0, 5, 425, 1_320, 1_439]) expect(minuteOf(timeOf(minute))).toBe(minute);
    expect(timeOf(425)).toBe('07:05');
  });
});

describe('how long jobs are kept', () => {
  it('is confirmed only when it deletes something', () => {
    expect(isShorter(90, null)).toBe(true);
    expect(isShorter(30, 90)).toBe(true);
    expect(isShorter(90, 90)).toBe(false);
    expect(isShorter(365, 90)).toBe(false);
    expect(isShorter(null, 30)).toBe(false);
  });

  it('shows a stored time that is not offered, instead of a wrong one', () => {
    expect(historyDayChoices(null)).toEqual([365, 90, 30]);
    expect(historyDayChoices(180)).toEqual([365, 180, 90, 30]);
  });

  it.each([
    ['en-GB', ['1 year', '90 days', '1 day']],
    ['pt-BR', ['1 ano', '90 dias', '1 dia']],
  ])('is shown as people say it in %s', (locale, words) => {
    const t = createTranslator(locale);
    const labels = [365, 90, 1].map((days) => t.text('settings.historyDays.days', { days }));
    expect(labels).toEqual(words);
  });
});

describe('a time long ago', () => {
  it('has its year: a history is kept for longer than one', () => {
    const t = createTranslator('en-GB');
    const now = new Date(2026, 10, 22, 15).getTime();
    expect(t.time(new Date(2026, 10, 22, 14, 5).getTime(), now)).toBe('14:05');
    expect(t.time(new Date(2026, 10, 2, 14, 5).getTime(), now)).toMatch(/^2 Nov.* 14:05$/);
    expect(t.time(new Date(2025, 10, 2, 14, 5).getTime(), now)).toMatch(/^2 Nov 2025.* 14:05$/);
  });
});
