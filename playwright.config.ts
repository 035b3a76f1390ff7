import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'test-results/e2e',
  // Each test has its own desktop and mostly waits: two at a time take half as long, even on two cores.
  workers: 2,
  retries: 0,
  forbidOnly: process.env.CI !== undefined,
  // Only a failure takes as long: a machine with other work may be several times as slow, and a job of a
  // kind with no known durations is polled about every 12 s.
  timeout: 240_000,
  globalTimeout: 45 * 60_000,
  expect: { timeout: 60_000 },
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
  use: { trace: 'retain-on-failure', screenshot: 'only-on-failure', actionTimeout: 60_000 },
});
