import { readFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';

/**
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 * @property {string[]} [failures] The failed tests by name, where the report names them.
 */

/**
 * Counts the tests in the report of vitest or Playwright, or what the fault tests broke in theirs.
 * @param {string} path
 * @param {number} exitCode Of the run that wrote it.
 * @returns {Counts} At least one failed when the exit code says so: a file that does not load has
 *   no tests to count, and a runner that crashes writes no report.
 */
export function countTests(path, exitCode) {
  const counts = readCounts(path);
  return exitCode !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

/** @param {string} path @returns {Counts} */
function readCounts(path) {
  let report;
  try {
    report = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return { passed: 0, failed: 0, skipped: 0 };
  }
  if (report.injected !== undefined) {
    const { injected, survived } = report;
    return { passed: survived, failed: injected - survived, skipped: 0 };
  }
  if (report.completions !== undefined) {
    const { completions, lost } = report;
    return { passed: completions - lost, failed: lost, skipped: 0 };
  }
  if (report.stats) {
    const { expected, unexpected, flaky, skipped } = report.stats;
    const failures = (report.suites ?? []).flatMap(failedSpecs);
    return { passed: expected + flaky, failed: unexpected, skipped, failures };
  }
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
    failures: (report.testResults ?? []).flatMap(failedTests),
  };
}

/**
 * @param {{ name: string, message: string, assertionResults: any[] }} file A file in vitest's report.
 * @returns {string[]}
 */
function failedTests({ name, message, assertionResults }) {
  const failed = assertionResults.filter(({ status }) => status === 'failed');
  // A file that does not load has a message, and no tests.
  if (failed.length === 0 && message) return [`${name}: ${firstLine(message)}`];
  return failed.map(
    ({ fullName, failureMessages }) => `${name}: ${fullName}: ${firstLine(failureMessages[0])}`,
  );
}

/**
 * @param {{ title: string, suites?: any[], specs?: any[] }} suite A suite in Playwright's report.
 * @returns {string[]}
 */
function failedSpecs({ suites = [], specs = [] }) {
  return [
    ...suites.flatMap(failedSpecs),
    ...specs
      .filter(({ ok }) => !ok)
      .map(({ file, line, title, tests }) => {
        const errors = tests?.flatMap((/** @type {any} */ test) =>
          test.results.flatMap((/** @type {any} */ result) => result.errors),
        );
        return `${file}:${line}: ${title}: ${firstLine(errors?.[0]?.message)}`;
      }),
  ];
}

/** @param {string | undefined} text */
function firstLine(text) {
  return stripVTControlCharacters(text ?? '').split('\n')[0];
}

/**
 * @typedef {object} StepResult
 * @property {string} name
 * @property {Counts | undefined} counts Undefined: it was not run.
 * @property {number} durationMs
 */

/**
 * The summary: a line for each step, the failed tests by name, and the totals alone on the last line.
 * The end of a log is often all that is left of a run elsewhere, and it has to say what failed.
 * @param {StepResult[]} results
 * @returns {{ text: string, failed: number }}
 */
export function summarize(results) {
  const lines = results.map(({ name, counts, durationMs }) => {
    const state = counts === undefined ? 'not run' : counts.failed > 0 ? 'FAILED' : 'ok';
    const duration = `${(durationMs / 1000).toFixed(1)} s`;
    const parts = [name.padEnd(12), state.padEnd(8), duration.padStart(8)];
    if (counts) {
      parts.push(`  ${counts.passed} passed, ${counts.failed} failed`);
      if (counts.skipped > 0) parts.push(`, ${counts.skipped} skipped`);
    }
    return parts.join('').trimEnd();
  });
  /** @param {'passed' | 'failed'} key */
  const total = (key) => results.reduce((sum, { counts }) => sum + (counts?.[key] ?? 0), 0);
  const failed = total('failed');
  const failures = results.flatMap(({ name, counts }) =>
    (counts?.failures ?? []).map((failure) => `${name}: ${failure}`),
  );
  return {
    text: [...lines, '', ...failures, `${total('passed')} passed, ${failed} failed`].join('\n'),
    failed,
  };
}
