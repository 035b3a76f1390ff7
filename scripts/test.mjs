import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build, isBuilt, tool } from './lib/build.mjs';
import { checkoutLock } from './lib/checkout-locks.mjs';
import { lock, whileLocked } from './lib/lock.mjs';
import { projectRoot } from './lib/paths.mjs';
import { UsageError } from './lib/plain-error.mjs';
import { countTests, summarize } from './lib/results.mjs';
import { run, runMain } from './lib/run.mjs';
import { desktopPackages } from './lib/system-packages.mjs';
import { prepareElectron, preparePackages } from './prepare.mjs';

/** @import { Counts, StepResult } from './lib/results.mjs' */

const usage = `npm test                        everything, in about twelve minutes
npm test -- STEP                one step: lint, types, exports, unit, build, faults or e2e
npm test -- unit FILE…          the unit tests in files with this in their path
npm test -- e2e SOME WORDS      the end-to-end tests with these words in their names
npm test -- faults KIND         only the faults of this kind: uploads or watching

npm run build, npm run lint and npm run types are these steps. Options of the tools behind them are for the
tools themselves: npx vitest, npx playwright test, npx biome.`;

const what = 'npm test';

/** @type {Record<string, (words: string[]) => Promise<Counts>>} */
const steps = {
  lint: () => single('biome', ['ci', '.']),
  types: () => single('tsc', ['--noEmit', '-p', 'tsconfig.json']),
  // Nothing is exported that nobody imports, and no package is listed that nobody uses.
  exports: () => single('knip', ['--no-progress']),
  unit: (words) =>
    alone('test-results/unit', () => reported('vitest', ['run', ...words], 'unit.json')),
  build: async () => {
    const held = await lock(checkoutLock('the checkout', { mode: 'exclusive', what }));
    try {
      return passedOrFailed(await build());
    } finally {
      // What was built is what the next steps test: nobody may build meanwhile. It is released when this
      // process ends.
      held.share();
    }
  },
  faults: (words) => alone('test-results/faults', () => faults(words)),
  e2e: (words) =>
    alone('test-results/e2e', () =>
      reported(
        'playwright',
        ['test', ...(words.length > 0 ? ['-g', words.join(' ')] : [])],
        'e2e.json',
      ),
    ),
};

/** What the steps take behind their names; the others take nothing. */
const faultKinds = ['uploads', 'watching'];

/**
 * Two runs of the same step would write the same results.
 * @template T
 * @param {Parameters<typeof checkoutLock>[0]} results
 * @param {() => Promise<T>} work
 */
function alone(results, work) {
  return whileLocked(checkoutLock(results, { mode: 'exclusive', what }), work);
}

/** @param {string[]} kinds None: all. */
async function faults(kinds) {
  /** @type {Counts} */
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const kind of kinds.length > 0 ? kinds : faultKinds) {
    const report = join('faults', kind, 'result.json');
    const main = join('test', 'faults', kind, 'main.ts');
    const { passed, failed } = await reported('tsx', [main, '--quick'], report);
    counts.passed += passed;
    counts.failed += failed;
  }
  return counts;
}

/** Steps that run the built app, on a desktop. */
const appSteps = ['faults', 'e2e'];

runMain(usage, async (args) => {
  const [only, ...words] = args;
  checkWords(only, words);
  if (only === undefined || appSteps.includes(only)) {
    const electron = await prepareElectron(desktopPackages);
    process.env.ELECTRON_OVERRIDE_DIST_PATH = electron.distDir;
  } else {
    await preparePackages();
  }
  /** @type {StepResult[]} */
  const results = [];
  for (const name of await stepsToRun(only)) {
    if (appSteps.includes(name) && results.some(failedBuild)) {
      results.push({ name, counts: undefined, durationMs: 0 });
      continue;
    }
    if (appSteps.includes(name)) {
      await lock(checkoutLock('the checkout', { mode: 'shared', what }));
    }
    console.log(`\n──── ${name} ────`);
    const startedAtMs = performance.now();
    const counts = await steps[name]?.(words);
    results.push({ name, counts, durationMs: performance.now() - startedAtMs });
  }
  const { text, failed } = summarize(results);
  console.log(`\n──── summary ────\n${text}`);
  return failed > 0 ? 1 : 0;
});

/** @param {string | undefined} only @param {string[]} words */
function checkWords(only, words) {
  if (only !== undefined && !Object.hasOwn(steps, only)) {
    throw new UsageError(
      `There is no step "${only}". The steps: ${Object.keys(steps).join(', ')}.`,
    );
  }
  const option = words.find((word) => word.startsWith('-'));
  if (option !== undefined) throw new UsageError(`npm test -- ${only} does not know "${option}".`);
  const known = only === 'faults' ? faultKinds : only === 'unit' || only === 'e2e' ? words : [];
  const unknown = words.find((word) => !known.includes(word));
  if (unknown === undefined) return;
  const takes = known.length > 0 ? known.join(' or ') : 'nothing';
  throw new UsageError(`The step "${only}" does not know "${unknown}". It takes ${takes}.`);
}

/** @param {string | undefined} only */
async function stepsToRun(only) {
  if (only === undefined) return Object.keys(steps);
  // The tests run what is in out/, which may date from before the last change.
  return appSteps.includes(only) && !(await isBuilt()) ? ['build', only] : [only];
}

/** @param {StepResult} result */
function failedBuild({ name, counts }) {
  return name === 'build' && counts !== undefined && counts.failed > 0;
}

/**
 * A tool that passes or fails as a whole.
 * @param {string} name
 * @param {string[]} args
 */
async function single(name, args) {
  return passedOrFailed((await run(tool(name), args, { cwd: projectRoot })).code);
}

/**
 * A tool that counts its tests in a report.
 * @param {string} name
 * @param {string[]} args
 * @param {string} report
 */
async function reported(name, args, report) {
  const path = join(projectRoot, 'test-results', report);
  await rm(path, { force: true });
  const { code } = await run(tool(name), args, { cwd: projectRoot });
  return countTests(path, code);
}

/** @param {number} code @returns {Counts} */
function passedOrFailed(code) {
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
}
