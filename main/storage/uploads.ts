import { z } from 'zod';
import { moveInQueue } from '../domain/queue-order';
import {
  type FailedUpload,
  type PartFacts,
  type QueueMove,
  type RemoteUpload,
  type SentPart,
  UPLOAD_PROBLEMS,
  UPLOAD_STATES,
  type Upload,
  type UploadChanges,
} from '../domain/upload';
import type { ChangeFeed } from '../events';
import { addStopped } from './outbox';
import type { RowParsers } from './row-parser';
import type { Database, Value } from './sql';
import { uploadLog } from './upload-log';

const text = z.string().nullable();
const number = z.number().nullable();
const problem = z.enum(UPLOAD_PROBLEMS).nullable();

const uploadRow = z
  .object({
    id: z.string(),
    account_id: z.string(),
    brand_id: z.string(),
    path: z.string(),
    file_name: z.string(),
    mime_type: z.string(),
    size_bytes: z.number(),
    modified_at_ms: z.number(),
    part_size_bytes: z.number(),
    clip_id: text,
    upload_id: text,
    key: text,
    state: z.enum(UPLOAD_STATES),
    problem,
    remote_text: text,
    added_at_ms: z.number(),
    ended_at_ms: number,
    rests_since_ms: number,
    sha256_hex: text,
  })
  .transform((row, context): Upload => {
    const { clip_id: clipId, upload_id: uploadId, key } = row;
    let remote: RemoteUpload | null = null;
    if (uploadId !== null) {
      if (clipId === null || key === null) {
        context.addIssue({ code: 'custom', path: ['upload_id'], message: 'without clip or key' });
        return z.NEVER;
      }
      remote = { clipId, uploadId, key };
    }
    return {
      id: row.id,
      accountId: row.account_id,
      brandId: row.brand_id,
      path: row.path,
      fileName: row.file_name,
      mimeType: row.mime_type,
      sizeBytes: row.size_bytes,
      modifiedAtMs: row.modified_at_ms,
      partSizeBytes: row.part_size_bytes,
      remote,
      clipId,
      state: row.state,
      problem: row.problem,
      remoteText: row.remote_text,
      addedAtMs: row.added_at_ms,
      endedAtMs: row.ended_at_ms,
      restsSinceMs: row.rests_since_ms,
      sha256Hex: row.sha256_hex,
    };
  });

/** What the queue needs to choose the next upload; it reads the rest when it starts that. */
const unfinishedRow = z.object({ id: z.string(), account_id: z.string(), problem }).transform(
  (row): Pick<Upload, 'id' | 'accountId' | 'problem'> => ({
    id: row.id,
    accountId: row.account_id,
    problem: row.problem,
  }),
);

const queueRow = z.object({
  id: z.string(),
  state: z.enum(UPLOAD_STATES),
  queue_position: z.number(),
});

const partRow = z
  .object({ part_number: z.number(), size_bytes: z.number(), etag: z.string() })
  .transform(
    (row): SentPart => ({
      partNumber: row.part_number,
      sizeBytes: row.size_bytes,
      etag: row.etag,
    }),
  );

function toRow(upload: Upload): Record<string, Value> {
  return {
    id: upload.id,
    account_id: upload.accountId,
    brand_id: upload.brandId,
    path: upload.path,
    file_name: upload.fileName,
    mime_type: upload.mimeType,
    size_bytes: upload.sizeBytes,
    modified_at_ms: upload.modifiedAtMs,
    part_size_bytes: upload.partSizeBytes,
    clip_id: upload.remote?.clipId ?? upload.clipId,
    upload_id: upload.remote?.uploadId ?? null,
    key: upload.remote?.key ?? null,
    state: upload.state,
    problem: upload.problem,
    remote_text: upload.remoteText,
    added_at_ms: upload.addedAtMs,
    ended_at_ms: upload.endedAtMs,
    rests_since_ms: upload.restsSinceMs,
    sha256_hex: upload.sha256Hex,
  };
}

const notEnded = "state NOT IN ('sent', 'cancelled')";

/** Uploads, their sent parts and their logs: everything needed to continue after a crash. */
export function uploadRepository(database: Database, feed: ChangeFeed, parsers: RowParsers) {
  const uploads = parsers.create('uploads', ['id'], uploadRow);
  const unfinished = parsers.create('uploads', ['id'], unfinishedRow);
  const queueEntries = parsers.create('uploads', ['id'], queueRow);
  const parts = parsers.create('upload_parts', ['upload_id', 'part_number'], partRow);
  const changed = (uploadId: string | null) =>
    database.afterCommit(() => feed.emit('uploads', { uploadId }));
  const get = (id: string): Upload | null =>
    uploads.parse(database.get('SELECT * FROM uploads WHERE id = ?', id));
  const update = (id: string, changes: UploadChanges): void => {
    const upload = get(id);
    if (!upload) return;
    const { id: _same, ...row } = toRow({ ...upload, ...changes });
    const assignments = Object.keys(row).map((name) => `${name} = ?`);
    database.run(
      `UPDATE uploads SET ${assignments.join(', ')} WHERE id = ?`,
      ...Object.values(row),
      id,
    );
    changed(id);
  };
  return {
    get,
    update: (id: string, changes: UploadChanges): void =>
      database.transaction(() => update(id, changes)),
    /** Marks it as failed, and adds a notification to the outbox, in one transaction. */
    fail: (id: string, how: FailedUpload, atMs: number): void =>
      database.transaction(() => {
        if (!get(id)) return;
        update(id, { state: 'failed', ...how });
        addStopped(database, id, atMs);
        database.afterCommit(() => feed.emit('outbox', null));
      }),
    /** Marks a sent upload, and adds a notification to the outbox, in one transaction. */
    markChanged: (id: string, atMs: number): void =>
      database.transaction(() => {
        if (get(id)?.state !== 'sent') return;
        update(id, { problem: 'file-changed-since' });
        addStopped(database, id, atMs);
        database.afterCommit(() => feed.emit('outbox', null));
      }),
    /** In the order of the queue. */
    list: (): Upload[] =>
      uploads.all(database.all('SELECT * FROM uploads ORDER BY queue_position, rowid')),
    /**
     * Those still to be worked on, in the order of the queue. Uploads whose rows were found not to parse
     * are left out, or the queue would start them again and again. They are read as one JSON text: the
     * binding takes thirty milliseconds for two thousand rows, and this is called after each upload.
     */
    unfinished(): Pick<Upload, 'id' | 'accountId' | 'problem'>[] {
      const row = database.get(
        `SELECT json_group_array(json_array(id, account_id, problem)
           ORDER BY queue_position, rowid) AS list
         FROM uploads WHERE state IN ('queued', 'sending', 'finishing')`,
      );
      const list = JSON.parse(String(row?.list)) as Value[][];
      return unfinished
        .all(list.map(([id, account_id, problem]) => ({ id, account_id, problem })))
        .filter(({ id }) => !parsers.isSkipped('uploads', id));
    },
    ofPath: (path: string): Upload[] =>
      uploads.all(database.all('SELECT * FROM uploads WHERE path = ? ORDER BY rowid', path)),
    /** All that have not ended, and the `limit` latest others, in the order of the queue. */
    recent: (limit: number): Upload[] =>
      uploads.all(
        database.all(
          `SELECT * FROM uploads WHERE ${notEnded} OR rowid IN
             (SELECT rowid FROM uploads ORDER BY rowid DESC LIMIT ?)
           ORDER BY queue_position, rowid`,
          limit,
        ),
      ),
    /** Puts it at the end of the queue. */
    insert(upload: Upload): void {
      const row = toRow(upload);
      const names = Object.keys(row);
      database.run(
        `INSERT INTO uploads (${names.join(', ')}, queue_position)
         SELECT ${names.map(() => '?').join(', ')}, 1 + coalesce(max(queue_position), 0)
         FROM uploads`,
        ...Object.values(row),
      );
      changed(upload.id);
    },
    /** Changes its position among the uploads that have not ended. */
    move(id: string, to: QueueMove): void {
      database.transaction(() => {
        const queue = queueEntries.all(
          database.all(
            `SELECT id, state, queue_position FROM uploads WHERE ${notEnded}
             ORDER BY queue_position, rowid`,
          ),
        );
        // The uploads swap positions among themselves, so that ended ones keep theirs.
        moveInQueue(queue, id, to).forEach((moved, index) => {
          const entry = queue[index];
          if (!entry || entry.id === moved) return;
          const position = entry.queue_position;
          database.run('UPDATE uploads SET queue_position = ? WHERE id = ?', position, moved);
        });
        changed(null);
      });
    },
    /** Stores confirmed parts and how they were sent; replaces earlier ones with the same numbers. */
    recordParts(id: string, confirmed: { part: SentPart; facts: PartFacts }[]): void {
      database.transaction(() => {
        for (const { part, facts } of confirmed)
          database.run(
            `INSERT INTO upload_parts
           (upload_id, part_number, size_bytes, etag, sent_at_ms, took_ms, tries, md5_hex)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (upload_id, part_number)
         DO UPDATE SET size_bytes = excluded.size_bytes, etag = excluded.etag,
           sent_at_ms = excluded.sent_at_ms, took_ms = excluded.took_ms,
           tries = excluded.tries, md5_hex = excluded.md5_hex`,
            id,
            part.partNumber,
            part.sizeBytes,
            part.etag,
            // The columns take whole numbers only.
            Math.round(facts.sentAtMs),
            Math.round(facts.tookMs),
            facts.tries,
            facts.md5Hex,
          );
      });
    },
    parts: (id: string): SentPart[] =>
      parts.all(
        database.all('SELECT * FROM upload_parts WHERE upload_id = ? ORDER BY part_number', id),
      ),
    /** Changes the upload and deletes some of its parts, in one transaction. */
    discardParts(id: string, partNumbers: number[], changes: UploadChanges): void {
      database.transaction(() => {
        for (const number of partNumbers) {
          database.run(
            'DELETE FROM upload_parts WHERE upload_id = ? AND part_number = ?',
            id,
            number,
          );
        }
        update(id, changes);
      });
    },
    /** Changes the upload and deletes its parts, in one transaction. */
    startOver(id: string, changes: UploadChanges): void {
      database.transaction(() => {
        database.run('DELETE FROM upload_parts WHERE upload_id = ?', id);
        update(id, changes);
      });
    },
    /** Runs all calls in one transaction. */
    together: <T>(calls: () => T): T => database.transaction(calls),
    ...uploadLog(database, feed, parsers),
  };
}
