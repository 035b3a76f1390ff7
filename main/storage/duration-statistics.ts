import { z } from 'zod';
import {
  type ArrivalCount,
  DURATION_KEPT,
  DURATION_SCALES,
  type DurationCount,
  type DurationSample,
} from '../domain/duration-statistics';
import { JOB_KINDS } from '../domain/job';
import type { RowParsers } from './row-parser';
import type { Database } from './sql';

const durationRow = z.object({
  service: z.string(),
  kind: z.enum(JOB_KINDS),
  scale: z.enum(DURATION_SCALES),
  bin: z.number(),
  weight: z.number(),
});

const arrivalRow = z
  .object({ hour_of_week: z.number(), jobs: z.number(), hours: z.number() })
  .transform(
    ({ hour_of_week, ...counts }): ArrivalCount => ({ hourOfWeek: hour_of_week, ...counts }),
  );

/** What polling has learned: durations by service and kind, arrivals by account and hour. */
export function durationStatisticsRepository(database: Database, parsers: RowParsers) {
  const durations = parsers.create('durations', ['service', 'kind', 'scale', 'bin'], durationRow);
  const arrivals = parsers.create('arrivals', ['account_id', 'hour_of_week'], arrivalRow);
  return {
    durations: (): DurationCount[] => durations.all(database.all('SELECT * FROM durations')),
    /** Counts past jobs. Each reduces the weight of the older ones of its kind a little. */
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
      arrivals.all(database.all('SELECT * FROM arrivals WHERE account_id = ?', accountId)),
    /** Replaces the counts of these hours. Stores nothing for an account that is gone. */
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
