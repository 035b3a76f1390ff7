import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Reporters belong to the whole run, so the report has the tests of both projects.
    reporters: ['default', ['json', { outputFile: 'test-results/unit.json' }]],
    projects: [
      {
        test: {
          name: 'node',
          include: ['test/unit/**/*.test.ts', 'test/contract/**/*.test.ts'],
          environment: 'node',
        },
      },
      {
        test: {
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
