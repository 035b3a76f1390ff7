import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { countTests, summarize } from '../../../scripts/lib/results.mjs';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'results-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function report(content: unknown): string {
  const path = join(folder, 'report.json');
  writeFileSync(path, JSON.stringify(content));
  return path;
}

describe('counting tests', () => {
  test('tests of vitest are counted', () => {
    const path = report({
      numPassedTests: 5,
      numFailedTests: 2,
      numPendingTests: 1,
      numTodoTests: 1,
    });
    expect(countTests(path, 1)).toEqual({ passed: 5, failed: 2, skipped: 2 });
  });

  test('tests of Playwright are counted', () => {
    const path = report({ stats: { expected: 7, unexpected: 1, flaky: 0, skipped: 3 } });
    expect(countTests(path, 1)).toEqual({ passed: 7, failed: 1, skipped: 3 });
  });

  test('of faults, those that were not survived have failed', () => {
    const path = report({ injected: 80, survived: 77, partsSentTwice: 3, danglingUploads: 0 });
    expect(countTests(path, 1)).toEqual({ passed: 77, failed: 3, skipped: 0 });
  });

  test('of completions that were to be notified, the lost ones have failed', () => {
    const path = report({ kills: 20, completions: 41, toldOnce: 39, lost: 1, twice: 1 });
    expect(countTests(path, 1)).toEqual({ passed: 40, failed: 1, skipped: 0 });
  });

  test('a test file that does not even load is a failure, though it has no test to count', () => {
    const path = report({
      numPassedTests: 5,
      numFailedTests: 0,
      numPendingTests: 0,
      numTodoTests: 0,
    });
    expect(countTests(path, 1)).toEqual({ passed: 5, failed: 1, skipped: 0 });
  });

  test('a runner that crashed before its report is a failure', () => {
    expect(countTests(join(folder, 'missing.json'), 1)).toEqual({
      passed: 0,
      failed: 1,
      skipped: 0,
    });
  });
});

describe('the summary', () => {
  test('the totals stand alone on the last line', () => {
    const { text, failed } = summarize([
      { name: 'lint', counts: { passed: 1, failed: 0, skipped: 0 }, durationMs: 1234 },
      { name: 'unit', counts: { passed: 40, failed: 2, skipped: 3 }, durationMs: 5000 },
    ]);
    expect(text.split('\n').at(-1)).toBe('41 passed, 2 failed');
    expect(failed).toBe(2);
  });

  test('a step that was not run is not shown as passed', () => {
    const { text } = summarize([{ name: 'e2e', counts: undefined, durationMs: 0 }]);
    expect(text).toContain('not run');
    expect(text).not.toContain('ok');
  });
});
