/**
 * The switches that Chromium needs where the tests run. As root, as in most containers, it does not start
 * with its sandbox; for any other user the app runs as it is shipped, with it.
 */
export const chromiumSwitches: readonly string[] = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
