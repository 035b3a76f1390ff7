import type {
  ArrivalCount,
  DurationCount,
  DurationSample,
  DurationScale,
} from '../domain/duration-statistics';
import { DURATION_KEPT } from '../domain/duration-statistics';
import type { JobKind } from '../domain/job';
import type { Database } from './database';

/** What the scheduler has learned: durations by service and kind, arrivals by account and hour. */
export function durationStatisticsRepository(database: Database) {
  return {
    durations: (): DurationCount[] =>
      database.all('SELECT * FROM durations').map((row) => ({
        service: String(row.service),
        kind: String(row.kind) as JobKind,
        scale: String(row.scale) as DurationScale,
        bin: Number(row.bin),
        weight: Number(row.weight),
      })),
    /** Counts past jobs; each makes the older ones of its kind a little lighter. */
    addDurations(samples: DurationSample[]): void {
      if (samples.length === 0) return;
      database.transaction(() => {
        for (const { service, kind, scale, bin } of samples) {
          database.run(
            'UPDATE durations SET weight = weight * ? WHERE service = ? AND kind = ? AND scale = ?',
            DURATION_KEPT,
            service,
            kind,
            scale,
          );
          database.run(
            `INSERT INTO durations (service, kind, scale, bin, weight) VALUES (?, ?, ?, ?, 1)
             ON CONFLICT DO UPDATE SET weight = weight + 1`,
            service,
            kind,
            scale,
            bin,
          );
        }
      });
    },
    arrivals: (accountId: string): ArrivalCount[] =>
      database.all('SELECT * FROM arrivals WHERE account_id = ?', accountId).map((row) => ({
        hourOfWeek: Number(row.hour_of_week),
        jobs: Number(row.jobs),
        hours: Number(row.hours),
      })),
    /** Replaces the counts of these hours. Nothing is kept of an account that is gone. */
    saveArrivals(accountId: string, counts: ArrivalCount[]): void {
      database.transaction(() => {
        for (const { hourOfWeek, jobs, hours } of counts) {
          database.run(
            `INSERT INTO arrivals (account_id, hour_of_week, jobs, hours)
             SELECT id, ?, ?, ? FROM accounts WHERE id = ?
             ON CONFLICT DO UPDATE SET jobs = excluded.jobs, hours = excluded.hours`,
            hourOfWeek,
            jobs,
            hours,
            accountId,
          );
        }
      });
    },
  };
}

export type DurationStatisticsRepository = ReturnType<typeof durationStatisticsRepository>;
