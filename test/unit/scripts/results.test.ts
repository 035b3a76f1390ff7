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
    expect(countTests(path, 1)).toMatchObject({ passed: 5, failed: 2, skipped: 2 });
  });

  test('tests of Playwright are counted', () => {
    const path = report({ stats: { expected: 7, unexpected: 1, flaky: 0, skipped: 3 } });
    expect(countTests(path, 1)).toMatchObject({ passed: 7, failed: 1, skipped: 3 });
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
    expect(countTests(path, 1)).toMatchObject({ passed: 5, failed: 1, skipped: 0 });
  });

  test('a runner that crashed before its report is a failure', () => {
    expect(countTests(join(folder, 'missing.json'), 1)).toEqual({
      passed: 0,
      failed: 1,
      skipped: 0,
    });
  });
});

describe('the names of failed tests', () => {
  const counts = { numPassedTests: 5, numFailedTests: 1, numPendingTests: 0, numTodoTests: 0 };

  test('vitest: the file, the test and the first line of its error', () => {
    const path = report({
      ...counts,
      testResults: [
        {
          name: 'a.test.ts',
          message: '',
          assertionResults: [
            { status: 'passed', fullName: 'one', failureMessages: [] },
            { status: 'failed', fullName: 'two', failureMessages: ['Error: 1 is not 2\n at x'] },
          ],
        },
      ],
    });
    expect(countTests(path, 1).failures).toEqual(['a.test.ts: two: Error: 1 is not 2']);
  });

  test('vitest: a file that does not load', () => {
    const path = report({
      ...counts,
      testResults: [{ name: 'a.test.ts', message: 'No such module\n at', assertionResults: [] }],
    });
    expect(countTests(path, 1).failures).toEqual(['a.test.ts: No such module']);
  });

  test('Playwright: the place, the test and the first line of its error', () => {
    const spec = (ok: boolean) => ({
      ok,
      file: 'a.spec.ts',
      line: 7,
      title: ok ? 'one' : 'two',
      tests: [
        { results: [{ errors: ok ? [] : [{ message: '\u001b[31mTimed out\u001b[39m\n at' }] }] },
      ],
    });
    const path = report({
      stats: { expected: 1, unexpected: 1, flaky: 0, skipped: 0 },
      suites: [
        { title: 'a', specs: [], suites: [{ title: 'b', specs: [spec(true), spec(false)] }] },
      ],
    });
    expect(countTests(path, 1).failures).toEqual(['a.spec.ts:7: two: Timed out']);
  });
});

describe('the summary', () => {
  test('failed tests are named just before the totals', () => {
    const { text } = summarize([
      {
        name: 'unit',
        counts: { passed: 1, failed: 1, skipped: 0, failures: ['a.test.ts: two'] },
        durationMs: 1,
      },
    ]);
    expect(text.split('\n').slice(-2)).toEqual(['unit: a.test.ts: two', '1 passed, 1 failed']);
  });

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
