/**
 * What was asked for when an execution was started here. Its service may not tell what it is about,
 * and its transcript and documents are found by that.
 */
export const executionStarts = `
CREATE TABLE run_starts (
  job_id TEXT PRIMARY KEY REFERENCES jobs (id) ON DELETE CASCADE,
  request_json TEXT NOT NULL
) STRICT;
`;
