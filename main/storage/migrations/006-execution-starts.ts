/**
 * What was requested when an execution was started here. Its service may not say what it is about, which
 * is needed to find its transcript and documents.
 */
export const executionStarts = `
CREATE TABLE run_starts (
  job_id TEXT PRIMARY KEY REFERENCES jobs (id) ON DELETE CASCADE,
  request_json TEXT NOT NULL
) STRICT;
`;
