import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../..');

/** What fails on a busy machine although the app works, and what to write instead. */
const forbidden: [RegExp, string][] = [
  [/\bvi\.wait(For|Until)\(/, 'gives up after a second: use eventually()'],
  [/\.waitForTimeout\(/, 'waits for time: wait for what the test means'],
  [/performance\.now\(\) - \w+\)\.toBeLessThan/, 'measures the machine: count, or use CPU time'],
  [/Date\.now\(\) - \w+\)\.toBeLessThan/, 'measures the machine: count, or use CPU time'],
  [
    /\bretries?: [1-9]|\bretry: [1-9]|\.configure\(\{[^}]*retries/,
    'hides a test that fails at times',
  ],
];

it('no test fails because the machine is busy, and none is tried again', () => {
  const files = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path))
    .map((path) => join('test', path));
  const own = [join('test', 'eventually.ts'), join('test/unit/architecture/waiting.test.ts')];
  const checked = [...files, 'vitest.config.ts', 'playwright.config.ts'];
  const found = checked
    .filter((path) => !own.includes(path))
    .flatMap((path) => {
      const text = readFileSync(join(root, path), 'utf8');
      return forbidden.flatMap(([pattern, why]) => (pattern.test(text) ? [`${path} ${why}`] : []));
    });
  expect(found).toEqual([]);
});
