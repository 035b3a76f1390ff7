import { describe, expect, it } from 'vitest';
import {
  addLook,
  isSettled,
  nextLookMs,
  QUIET_MS,
  QUIET_WHILE_OPEN_MS,
  type Settling,
  stillNeededMs,
} from '../../../main/uploads/settling';

const NOW = Date.UTC(2026, 10, 27, 12);

/** A file and somebody who looks at it as often as the rule says. Times are seconds from the first look. */
class Watched {
  #atMs = NOW;
  settling: Settling;
  sizeBytes = 1000;
  modifiedAtMs: number;
  /** How far the clock that the app sees is off. */
  skewMs = 0;

  constructor(ageSeconds: number) {
    this.modifiedAtMs = NOW - ageSeconds * 1000;
    this.settling = addLook(null, this.#look());
  }

  #look() {
    const { sizeBytes, modifiedAtMs } = this;
    return { atMs: this.#atMs + this.skewMs, sizeBytes, modifiedAtMs };
  }

  write(): void {
    this.sizeBytes += 1;
    this.modifiedAtMs = this.#atMs;
  }

  /** Lets time pass; every `everySeconds`, if given, the file is written. */
  pass(seconds: number, everySeconds = Number.POSITIVE_INFINITY): this {
    const endMs = this.#atMs + seconds * 1000;
    let writeAtMs = this.#atMs + everySeconds * 1000;
    while (this.#atMs < endMs) {
      const lookAtMs = Math.min(endMs, this.#atMs + nextLookMs(this.settling));
      for (; writeAtMs <= lookAtMs && writeAtMs <= endMs; writeAtMs += everySeconds * 1000) {
        this.#atMs = writeAtMs;
        this.write();
      }
      this.#atMs = lookAtMs;
      this.settling = addLook(this.settling, this.#look());
    }
    return this;
  }

  isSettled(isOpen = false): boolean {
    return isSettled(this.settling, isOpen);
  }
}

describe('a file that is uploaded', () => {
  it('is sent at once if it is quiet and nobody writes it', () => {
    expect(new Watched(10).isSettled()).toBe(true);
    expect(new Watched(86_400 * 365).isSettled()).toBe(true);
  });

  it('waits until it has been quiet for ten seconds, its time before the drop included', () => {
    const file = new Watched(7);
    expect(file.isSettled()).toBe(false);
    expect(file.pass(2).isSettled()).toBe(false);
    expect(file.pass(2).isSettled()).toBe(true);
  });

  it('is not cut in a pause of a program that has it open, however quiet it is', () => {
    for (const pauseSeconds of [8, 30, 120, 280]) {
      expect(new Watched(pauseSeconds).isSettled(true)).toBe(false);
    }
    const closed = new Watched(3).pass(60);
    expect(closed.isSettled(true)).toBe(false);
    expect(closed.isSettled(false)).toBe(true);
  });

  it('is sent after all if a program never lets go of it', () => {
    expect(new Watched(3).pass(QUIET_WHILE_OPEN_MS / 1000 + 20).isSettled(true)).toBe(true);
  });

  it('waits for as long as it grows', () => {
    const file = new Watched(0);
    for (let minute = 0; minute < 90; minute += 1) {
      expect(file.pass(60, 1).isSettled()).toBe(false);
    }
    expect(file.pass(12).isSettled() || file.pass(30).isSettled()).toBe(true);
  });

  it('waits longer the longer the pauses are that were seen', () => {
    const file = new Watched(0).pass(8);
    file.write();
    file.pass(2);
    expect(stillNeededMs(file.settling, false)).toBeGreaterThanOrEqual(16_000);
    expect(file.pass(12).isSettled()).toBe(false);
    expect(file.pass(12).isSettled()).toBe(true);
    // It went on after it had counted as finished, and was being sent.
    file.pass(20);
    file.write();
    file.pass(2);
    expect(stillNeededMs(file.settling, false)).toBeGreaterThan(60_000);
  });

  it('does not wait for long once a program that paused has closed it', () => {
    const file = new Watched(60);
    file.settling = { ...file.settling, wasOpen: true };
    file.write();
    file.pass(2);
    expect(stillNeededMs(file.settling, false)).toBe(QUIET_MS);
    expect(stillNeededMs(file.settling, true)).toBe(QUIET_WHILE_OPEN_MS);
    file.settling = { ...file.settling, wasOpen: true };
    file.pass(280);
    file.write();
    file.pass(2);
    expect(stillNeededMs(file.settling, true)).toBeGreaterThan(9 * 60_000);
  });

  it('does not wait for days because somebody opened it again after days', () => {
    const file = new Watched(86_400 * 3);
    file.write();
    file.pass(2);
    expect(stillNeededMs(file.settling, false)).toBe(QUIET_MS);
  });

  it('whose time moves while its size stays is being written: room was made for it first', () => {
    const file = new Watched(0);
    for (let second = 0; second < 60; second += 4) {
      file.modifiedAtMs = NOW + second * 1000;
      expect(file.pass(4).isSettled()).toBe(false);
    }
  });
});

describe('clocks that are wrong', () => {
  it.each([3_600, 86_400, 0.5])(
    'a time %d s from now is watched, and does not block it',
    (seconds) => {
      const file = new Watched(-seconds);
      expect(file.isSettled()).toBe(false);
      expect(file.pass(8).isSettled()).toBe(false);
      expect(file.pass(4).isSettled()).toBe(true);
    },
  );

  it('a clock that jumps ahead, as after a sleep, finishes nothing', () => {
    const file = new Watched(1).pass(2);
    file.skewMs = 3_600_000;
    expect(file.pass(2).isSettled()).toBe(false);
    expect(file.pass(8).isSettled()).toBe(true);
  });

  it('a clock that is set back delays nothing for long', () => {
    const file = new Watched(1).pass(2);
    file.skewMs = -3_600_000;
    expect(file.pass(12).isSettled()).toBe(true);
  });

  it('a time that is moved by an hour is one change, in either direction', () => {
    for (const hour of [3_600_000, -3_600_000]) {
      const file = new Watched(60);
      file.modifiedAtMs += hour;
      expect(file.pass(2).isSettled()).toBe(false);
      expect(file.pass(30).isSettled() || stillNeededMs(file.settling, false) > 30_000).toBe(true);
      expect(file.pass(200).isSettled()).toBe(true);
    }
  });
});

it('looks are frequent at first and rarer later: three hundred recordings cost little', () => {
  const file = new Watched(0);
  expect(nextLookMs(file.settling)).toBe(2_000);
  file.pass(3_600, 1);
  expect(nextLookMs(file.settling)).toBe(15_000);
});
