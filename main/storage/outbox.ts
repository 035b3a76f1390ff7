import { z } from 'zod';
import type { Account } from '../domain/account';
import { JOB_OUTCOMES, type Job } from '../domain/job';
import {
  NOTIFICATION_STATES,
  type NotificationState,
  type OutboxNotification,
} from '../domain/notification';
import type { Upload } from '../domain/upload';
import type { RowParsers } from './row-parser';
import type { Database } from './sql';

const outboxRow = z
  .object({
    id: z.string(),
    job_id: z.string().nullable(),
    upload_id: z.string().nullable(),
    work_id: z.string(),
    outcome: z.enum([...JOB_OUTCOMES, 'stopped']),
    created_at_ms: z.number(),
    state: z.enum(NOTIFICATION_STATES),
  })
  .transform((row, context): OutboxNotification => {
    const { id, job_id: jobId, upload_id: uploadId, work_id: workId, outcome, state } = row;
    const common = { id, workId, createdAtMs: row.created_at_ms, state };
    if (uploadId !== null && outcome === 'stopped') return { ...common, uploadId, outcome };
    if (jobId !== null && outcome !== 'stopped') return { ...common, jobId, outcome };
    context.addIssue({ code: 'custom', path: ['outcome'], message: 'of something else' });
    return z.NEVER;
  });

/** Reads what notifications are about; null if it is not there or does not parse. */
interface OutboxSubjects {
  job(id: string): Job | null;
  upload(id: string): Upload | null;
  account(id: string): Account | null;
}

/** What the user is to be notified of. Each entry is added by the commit that stores its cause. */
export function outboxRepository(
  database: Database,
  parsers: RowParsers,
  subjects: OutboxSubjects,
) {
  const notifications = parsers.create('outbox', ['id'], outboxRow);

  function isReadable(
    notification: OutboxNotification,
    account: OutboxSubjects['account'],
  ): boolean {
    const subject =
      'uploadId' in notification
        ? subjects.upload(notification.uploadId)
        : subjects.job(notification.jobId);
    return subject !== null && account(subject.accountId) !== null;
  }

  /** Reads each account once. */
  function accountReader(): OutboxSubjects['account'] {
    const read = new Map<string, Account | null>();
    return (id) => {
      const known = read.get(id);
      const account = known === undefined ? subjects.account(id) : known;
      read.set(id, account);
      return account;
    };
  }

  const setState = (
    id: string,
    state: NotificationState,
    deliveredAtMs: number | null,
    shown: boolean,
  ) =>
    database.run(
      'UPDATE outbox SET state = ?, told_at_ms = ?, shown = ? WHERE id = ?',
      state,
      deliveredAtMs,
      shown ? 1 : 0,
      id,
    );
  return {
    /**
     * Oldest first, without those that do not parse or whose job, upload or account does not. These
     * cannot be shown now, but must not count as delivered either: they stay in the outbox until some
     * version can read them.
     */
    undelivered(): OutboxNotification[] {
      const account = accountReader();
      return notifications
        .all(
          database.all(
            `SELECT * FROM outbox WHERE state IN ('pending', 'telling') ORDER BY created_at_ms, id`,
          ),
        )
        .filter((notification) => isReadable(notification, account));
    },
    /** Whether there is any, readable or not. */
    hasUndelivered: (): boolean =>
      database.get(`SELECT 1 FROM outbox WHERE state IN ('pending', 'telling') LIMIT 1`) !==
      undefined,
    /** They are about to be handed to the desktop. */
    markDelivering: (ids: string[]): void =>
      database.transaction(() => {
        for (const id of ids) setState(id, 'telling', null, false);
      }),
    /** They were certainly not shown: their delivery is still to come. */
    markNotShown: (ids: string[]): void =>
      database.transaction(() => {
        for (const id of ids) setState(id, 'pending', null, false);
      }),
    /** Their delivery is over; `shown` only if the desktop said so. */
    markDelivered: (ids: string[], atMs: number, shown: boolean): void =>
      database.transaction(() => {
        for (const id of ids) setState(id, 'told', atMs, shown);
      }),
    /** Whether the same end of the same work was shown, or may have been, by another notification. */
    isWorkDelivered: ({ id, workId }: Pick<OutboxNotification, 'id' | 'workId'>): boolean =>
      database.get(
        `SELECT 1 FROM outbox WHERE work_id = ? AND id <> ? AND (shown = 1 OR state = 'telling')
         LIMIT 1`,
        workId,
        id,
      ) !== undefined,
  };
}

/**
 * Adds a notification that an upload stopped, even if an earlier stop was delivered. Belongs in the
 * transaction that stores the stop: otherwise the user would not learn of it after a crash in between.
 */
export function addStopped(database: Database, uploadId: string, atMs: number): void {
  const id = `upload/${uploadId}/stopped`;
  database.run(
    `INSERT INTO outbox (id, upload_id, work_id, outcome, created_at_ms, state)
     VALUES (?, ?, ?, 'stopped', ?, 'pending')
     ON CONFLICT (id) DO UPDATE SET outcome = excluded.outcome, state = 'pending',
       created_at_ms = excluded.created_at_ms, told_at_ms = NULL, shown = 0`,
    id,
    uploadId,
    id,
    atMs,
  );
}
