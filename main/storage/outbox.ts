import type { JobNotification } from '../domain/job';
import type { NotificationState, OutboxNotification } from '../domain/notification';
import type { Database, Row } from './database';

function fromRow(row: Row): OutboxNotification {
  const common = {
    id: String(row.id),
    workId: String(row.work_id),
    createdAtMs: Number(row.created_at_ms),
    state: String(row.state) as NotificationState,
  };
  return row.upload_id === null
    ? {
        ...common,
        jobId: String(row.job_id),
        outcome: String(row.outcome) as JobNotification['outcome'],
      }
    : { ...common, uploadId: String(row.upload_id), outcome: 'stopped' };
}

/** What the user is to be told of. It is put in by the commit that stores what it is about. */
export function outboxRepository(database: Database) {
  const setState = (
    id: string,
    state: NotificationState,
    toldAtMs: number | null,
    shown: boolean,
  ) =>
    database.run(
      'UPDATE outbox SET state = ?, told_at_ms = ?, shown = ? WHERE id = ?',
      state,
      toldAtMs,
      shown ? 1 : 0,
      id,
    );
  return {
    /** Oldest first. */
    untold: (): OutboxNotification[] =>
      database
        .all(
          `SELECT * FROM outbox WHERE state IN ('pending', 'telling') ORDER BY created_at_ms, id`,
        )
        .map(fromRow),
    /** They are about to be handed to the desktop. */
    markTelling: (ids: string[]): void =>
      database.transaction(() => {
        for (const id of ids) setState(id, 'telling', null, false);
      }),
    /** They are over; `shown` only if the desktop said so. */
    markTold: (ids: string[], atMs: number, shown: boolean): void =>
      database.transaction(() => {
        for (const id of ids) setState(id, 'told', atMs, shown);
      }),
    /** Whether the same end of the same work was shown, or may have been, by another notice. */
    isWorkTold: ({ id, workId }: Pick<OutboxNotification, 'id' | 'workId'>): boolean =>
      database.get(
        `SELECT 1 FROM outbox WHERE work_id = ? AND id <> ? AND (shown = 1 OR state = 'telling')
         LIMIT 1`,
        workId,
        id,
      ) !== undefined,
  };
}

/**
 * Puts in that an upload stopped; anew if that was told before. Belongs into the transaction that
 * stores the stop, or a crash between the two would keep it from the user.
 */
export function addStopped(database: Database, uploadId: string, atMs: number): void {
  const id = `upload/${uploadId}/stopped`;
  database.run(
    `INSERT INTO outbox (id, upload_id, work_id, outcome, created_at_ms, state)
     VALUES (?, ?, ?, 'stopped', ?, 'pending')
     ON CONFLICT (id) DO UPDATE SET state = 'pending', created_at_ms = excluded.created_at_ms,
       told_at_ms = NULL, shown = 0`,
    id,
    uploadId,
    id,
    atMs,
  );
}

export type OutboxRepository = ReturnType<typeof outboxRepository>;
