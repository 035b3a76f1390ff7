import { z } from 'zod';
import {
  type PartFacts,
  PLAIN_UPLOAD_EVENTS,
  UPLOAD_PROBLEMS,
  UPLOAD_STEPS,
  type UploadEvent,
} from '../domain/upload';
import type { ChangeFeed } from '../events';
import { jsonColumn, type RowParsers } from './row-parser';
import type { Database } from './sql';

/** Waits kept for one upload: a network failure of several days must not fill the disk. */
const MAX_WAITS = 1_000;

const problem = z.enum(UPLOAD_PROBLEMS);

const uploadEvent: z.ZodType<UploadEvent> = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(PLAIN_UPLOAD_EVENTS) }),
  z.object({ kind: z.literal('opened'), partSizeBytes: z.number(), partCount: z.number() }),
  z.object({ kind: z.literal('started'), missingParts: z.number() }),
  z.object({
    kind: z.literal('waited'),
    step: z.enum(UPLOAD_STEPS),
    partNumber: z.number().nullable(),
    problem,
    waitMs: z.number(),
  }),
  z.object({ kind: z.literal('signed-again'), partNumber: z.number() }),
  z.object({ kind: z.literal('compared'), keptParts: z.number(), changedParts: z.number() }),
  z.object({ kind: z.literal('completing'), partCount: z.number() }),
  z.object({ kind: z.literal('checksum'), sha256Hex: z.string() }),
  z.object({ kind: z.literal('failed'), problem }),
]);

const eventRow = z
  .object({ at_ms: z.number(), event_json: jsonColumn(uploadEvent) })
  .transform((row) => ({ atMs: row.at_ms, event: row.event_json }));

const partRecordRow = z
  .object({
    part_number: z.number(),
    size_bytes: z.number(),
    sent_at_ms: z.number(),
    took_ms: z.number(),
    tries: z.number(),
    md5_hex: z.string(),
  })
  .transform((row): { partNumber: number; sizeBytes: number } & PartFacts => ({
    partNumber: row.part_number,
    sizeBytes: row.size_bytes,
    sentAtMs: row.sent_at_ms,
    tookMs: row.took_ms,
    tries: row.tries,
    md5Hex: row.md5_hex,
  }));

/** What happened to each upload, and how its parts were sent. */
export function uploadLog(database: Database, feed: ChangeFeed, parsers: RowParsers) {
  const events = parsers.create('upload_events', ['id'], eventRow);
  const partRecords = parsers.create('upload_parts', ['upload_id', 'part_number'], partRecordRow);
  return {
    /** Adds to the log of an upload. An unknown id is ignored. */
    addEvent(id: string, atMs: number, event: UploadEvent): void {
      database.transaction(() => {
        database.run(
          `INSERT INTO upload_events (upload_id, at_ms, kind, event_json)
           SELECT id, ?, ?, ? FROM uploads WHERE id = ?`,
          atMs,
          event.kind,
          JSON.stringify(event),
          id,
        );
        database.afterCommit(() => feed.emit('uploadEvent', { uploadId: id, event }));
        if (event.kind !== 'waited') return;
        database.run(
          `DELETE FROM upload_events WHERE id IN
             (SELECT id FROM upload_events WHERE upload_id = ? AND kind = 'waited'
              ORDER BY id DESC LIMIT -1 OFFSET ?)`,
          id,
          MAX_WAITS,
        );
      });
    },
    /** In the order in which they happened. Only the latest thousand waits are kept. */
    events: (id: string): { atMs: number; event: UploadEvent }[] =>
      events.all(database.all('SELECT * FROM upload_events WHERE upload_id = ? ORDER BY id', id)),
    /** The sent parts and how they were sent, except those from before that was recorded. */
    partRecords: (id: string) =>
      partRecords.all(
        database.all(
          `SELECT * FROM upload_parts WHERE upload_id = ? AND sent_at_ms IS NOT NULL
           ORDER BY part_number`,
          id,
        ),
      ),
    /** Deletes the logs and parts of uploads that ended before this time; the uploads stay listed. */
    deleteLogsEndedBefore(beforeMs: number): void {
      const old = `upload_id IN (SELECT id FROM uploads
        WHERE state IN ('sent', 'cancelled') AND ended_at_ms < ?)`;
      database.transaction(() => {
        database.run(`DELETE FROM upload_events WHERE ${old}`, beforeMs);
        database.run(`DELETE FROM upload_parts WHERE ${old}`, beforeMs);
      });
    },
  };
}
