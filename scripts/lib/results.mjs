import { readFileSync } from 'node:fs';

/**
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
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
    return { passed: expected + flaky, failed: unexpected, skipped };
  }
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/**
 * @typedef {object} StepResult
 * @property {string} name
 * @property {Counts | undefined} counts Undefined: it was not run.
 * @property {number} durationMs
 */

/**
 * The summary: a line for each step, then the totals alone on the last line.
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
  return {
    text: [...lines, '', `${total('passed')} passed, ${failed} failed`].join('\n'),
    failed,
  };
}
