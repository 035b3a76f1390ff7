/**
 * What the poll plan is based on. `durations` counts past jobs by how long they took, `arrivals` how
 * often work appears that was not started here, by hour of the week (0 is Monday 00:00 local time).
 */
export const durationStatistics = `
ALTER TABLE accounts ADD COLUMN pace TEXT NOT NULL DEFAULT 'balanced';

CREATE TABLE durations (
  service TEXT NOT NULL,
  kind TEXT NOT NULL,
  scale TEXT NOT NULL,
  bin INTEGER NOT NULL,
  weight REAL NOT NULL,
  PRIMARY KEY (service, kind, scale, bin)
) STRICT, WITHOUT ROWID;

CREATE TABLE arrivals (
  account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  hour_of_week INTEGER NOT NULL,
  jobs REAL NOT NULL,
  hours REAL NOT NULL,
  PRIMARY KEY (account_id, hour_of_week)
) STRICT, WITHOUT ROWID;
`;
