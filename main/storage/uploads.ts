import type { SentPart, Upload, UploadProblem, UploadState } from '../domain/upload';
import type { Database, Row, Value } from './database';

type UploadChanges = Partial<Omit<Upload, 'id' | 'accountId' | 'path' | 'addedAtMs'>>;

const text = (value: unknown) => (value === null ? null : String(value));

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
    endedAtMs: row.ended_at_ms === null ? null : Number(row.ended_at_ms),
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
  };
}

/** Uploads and their sent parts: all that is needed to go on after a crash. */
export function uploadRepository(database: Database) {
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
  };
  return {
    get,
    update: (id: string, changes: UploadChanges): void =>
      database.transaction(() => update(id, changes)),
    /** In the order they were added, which is the order of the queue. */
    list: (): Upload[] => database.all('SELECT * FROM uploads ORDER BY rowid').map(fromRow),
    /** All unfinished ones and the `limit` latest others, in the order they were added. */
    recent: (limit: number): Upload[] =>
      database
        .all(
          `SELECT * FROM uploads WHERE state NOT IN ('sent', 'cancelled') OR rowid IN
             (SELECT rowid FROM uploads ORDER BY rowid DESC LIMIT ?) ORDER BY rowid`,
          limit,
        )
        .map(fromRow),
    insert(upload: Upload): void {
      const row = toRow(upload);
      const names = Object.keys(row);
      database.run(
        `INSERT INTO uploads (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
        ...Object.values(row),
      );
    },
    recordPart(id: string, part: SentPart): void {
      database.run(
        `INSERT INTO upload_parts VALUES (?, ?, ?, ?)
         ON CONFLICT (upload_id, part_number)
         DO UPDATE SET size_bytes = excluded.size_bytes, etag = excluded.etag`,
        id,
        part.partNumber,
        part.sizeBytes,
        part.etag,
      );
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
  };
}
