import { moveInQueue } from '../domain/queue-order';
import type {
  FailedUpload,
  PartFacts,
  QueueMove,
  SentPart,
  Upload,
  UploadChanges,
  UploadProblem,
  UploadState,
} from '../domain/upload';
import type { ChangeFeed } from '../events';
import type { Database, Row, Value } from './database';
import { addStopped } from './outbox';
import { uploadLog } from './upload-log';

const text = (value: unknown) => (value === null ? null : String(value));
const number = (value: unknown) => (value === null ? null : Number(value));

function fromRow(row: Row): Upload {
  return {
    id: String(row.id),
    accountId: String(row.account_id),
    brandId: String(row.brand_id),
    path: String(row.path),
    fileName: String(row.file_name),
    mimeType: String(row.mime_type),
    sizeBytes: Number(row.size_bytes),
    modifiedAtMs: Number(row.modified_at_ms),
    partSizeBytes: Number(row.part_size_bytes),
    remote:
      row.upload_id === null
        ? null
        : { clipId: String(row.clip_id), uploadId: String(row.upload_id), key: String(row.key) },
    clipId: text(row.clip_id),
    state: String(row.state) as UploadState,
    problem: text(row.problem) as UploadProblem | null,
    remoteText: text(row.remote_text),
    addedAtMs: Number(row.added_at_ms),
    endedAtMs: number(row.ended_at_ms),
    restsSinceMs: number(row.rests_since_ms),
    sha256Hex: text(row.sha256_hex),
  };
}

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

/** Uploads, their sent parts and their logs: all that is needed to go on after a crash. */
export function uploadRepository(database: Database, feed: ChangeFeed) {
  const changed = (uploadId: string | null) =>
    database.afterCommit(() => feed.emit('uploads', { uploadId }));
  const get = (id: string): Upload | null => {
    const row = database.get('SELECT * FROM uploads WHERE id = ?', id);
    return row ? fromRow(row) : null;
  };
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
    /** Ends it as failed, and puts in that the user is to be told, in one transaction. */
    fail: (id: string, how: FailedUpload, atMs: number): void =>
      database.transaction(() => {
        if (!get(id)) return;
        update(id, { state: 'failed', ...how });
        addStopped(database, id, atMs);
        database.afterCommit(() => feed.emit('outbox', null));
      }),
    /** In the order of the queue. */
    list: (): Upload[] =>
      database.all('SELECT * FROM uploads ORDER BY queue_position, rowid').map(fromRow),
    /**
     * Those still to be worked on, in the order of the queue. They come as one JSON text: two
     * thousand rows take the binding thirty milliseconds, and this is asked after each upload.
     */
    unfinished(): Pick<Upload, 'id' | 'accountId' | 'problem'>[] {
      const row = database.get(
        `SELECT json_group_array(json_array(id, account_id, problem)
           ORDER BY queue_position, rowid) AS list
         FROM uploads WHERE state IN ('queued', 'sending', 'finishing')`,
      );
      const list: [string, string, UploadProblem | null][] = JSON.parse(String(row?.list));
      return list.map(([id, accountId, problem]) => ({ id, accountId, problem }));
    },
    ofPath: (path: string): Upload[] =>
      database.all('SELECT * FROM uploads WHERE path = ? ORDER BY rowid', path).map(fromRow),
    /** All that have not ended and the `limit` latest others, in the order of the queue. */
    recent: (limit: number): Upload[] =>
      database
        .all(
          `SELECT * FROM uploads WHERE ${notEnded} OR rowid IN
             (SELECT rowid FROM uploads ORDER BY rowid DESC LIMIT ?)
           ORDER BY queue_position, rowid`,
          limit,
        )
        .map(fromRow),
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
    /** Changes its place among the uploads that have not ended. */
    move(id: string, to: QueueMove): void {
      database.transaction(() => {
        const queue = database
          .all(
            `SELECT id, state, queue_position FROM uploads WHERE ${notEnded}
             ORDER BY queue_position, rowid`,
          )
          .map((row) => ({
            id: String(row.id),
            state: String(row.state) as UploadState,
            position: Number(row.queue_position),
          }));
        // The positions stay, only who stands there changes: ended uploads keep theirs.
        moveInQueue(queue, id, to).forEach((moved, index) => {
          const place = queue[index];
          if (!place || place.id === moved) return;
          database.run('UPDATE uploads SET queue_position = ? WHERE id = ?', place.position, moved);
        });
        changed(null);
      });
    },
    /** Keeps confirmed parts with how they got there; replaces earlier ones of the same numbers. */
    recordParts(id: string, parts: { part: SentPart; facts: PartFacts }[]): void {
      database.transaction(() => {
        for (const { part, facts } of parts)
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
      database
        .all('SELECT * FROM upload_parts WHERE upload_id = ? ORDER BY part_number', id)
        .map((row) => ({
          partNumber: Number(row.part_number),
          sizeBytes: Number(row.size_bytes),
          etag: String(row.etag),
        })),
    /** Changes the upload and forgets its parts, in one transaction. */
    startOver(id: string, changes: UploadChanges): void {
      database.transaction(() => {
        database.run('DELETE FROM upload_parts WHERE upload_id = ?', id);
        update(id, changes);
      });
    },
    /** Makes one transaction of all the calls within. */
    together: <T>(calls: () => T): T => database.transaction(calls),
    ...uploadLog(database, feed),
  };
}

export type UploadRepository = ReturnType<typeof uploadRepository>;
