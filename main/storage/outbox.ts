import type { Notice } from '../domain/job';
import type { Database, Row } from './database';

/**
 * `pending` was never handed to the desktop; `telling` was, but whether it was shown is not known
 * (only a kill in between leaves it so); `told` is over, also when the user's settings kept it quiet.
 */
export type NoticeState = 'pending' | 'telling' | 'told';

export interface OutboxNotice extends Notice {
  state: NoticeState;
}

function fromRow(row: Row): OutboxNotice {
  return {
    id: String(row.id),
    jobId: String(row.job_id),
    outcome: String(row.outcome) as Notice['outcome'],
    createdAtMs: Number(row.created_at_ms),
    state: String(row.state) as NoticeState,
  };
}

/** Completions the user is to be told of. */
export function outboxRepository(database: Database) {
  return {
    untold: (): OutboxNotice[] =>
      database
        .all(
          `SELECT * FROM outbox WHERE state IN ('pending', 'telling') ORDER BY created_at_ms, id`,
        )
        .map(fromRow),
    mark(ids: string[], state: NoticeState, atMs: number): void {
      database.transaction(() => {
        for (const id of ids) {
          database.run(
            'UPDATE outbox SET state = ?, told_at_ms = ? WHERE id = ?',
            state,
            state === 'told' ? atMs : null,
            id,
          );
        }
      });
    },
  };
}
