/**
 * Starts whose executions no answer has named yet, each with what its service showed before. They are
 * looked for again after a restart.
 */
export const startSearches = `
CREATE TABLE start_searches (
  id INTEGER PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  request_json TEXT NOT NULL,
  baseline_json TEXT NOT NULL
) STRICT;
`;
