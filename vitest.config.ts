import { defineConfig } from 'vitest/config';

/**
 * A test waits for what it means, and how long that takes says nothing about the app: beside other load a
 * test of 100 ms has taken more than the 5 s of vitest's default. In milliseconds.
 */
const timeouts = { testTimeout: 60_000, hookTimeout: 60_000 };

export default defineConfig({
  test: {
    // Reporters belong to the whole run, so the report has the tests of both projects.
    reporters: ['default', ['json', { outputFile: 'test-results/unit.json' }]],
    projects: [
      {
        test: {
          ...timeouts,
          name: 'node',
          include: ['test/unit/**/*.test.ts', 'test/contract/**/*.test.ts'],
          environment: 'node',
        },
      },
      {
        test: {
          ...timeouts,
          name: 'component',
          include: ['test/component/**/*.test.tsx'],
          environment: 'happy-dom',
          setupFiles: ['test/component/setup.ts'],
          // React Aria takes longer to load than the tests of a file take to run, so it is loaded only once.
          isolate: false,
        },
      },
    ],
  },
});
