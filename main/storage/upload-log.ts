import { z } from 'zod';
import type { PartFacts, UploadEvent, UploadProblem } from '../domain/upload';
import type { ChangeFeed } from '../events';
import type { Database, Row } from './database';

/** How long the log of an ended upload is kept. */
export const LOG_KEPT_MS = 90 * 24 * 60 * 60_000;
/** Waits kept of one upload: a network that is away for days must not fill the disk. */
const MOST_WAITS = 1_000;

/** The type makes a missing problem a compile error. */
const PROBLEMS = {
  'file-missing': true,
  'file-unreadable': true,
  'file-empty': true,
  'file-not-video': true,
  'file-too-large': true,
  'file-changed': true,
  'file-already-added': true,
  'folder-without-videos': true,
  'folder-too-large': true,
  'no-account': true,
  'no-brand': true,
  'storage-refused': true,
  expired: true,
  'key-refused': true,
  'keychain-silent': true,
  'scope-missing': true,
  'plan-suspended': true,
  'no-credit': true,
  'not-found': true,
  conflict: true,
  rejected: true,
  'rate-limited': true,
  'service-fault': true,
  'not-json': true,
  malformed: true,
  'unexpected-shape': true,
  'too-large': true,
  unreachable: true,
  'timed-out': true,
  'key-missing': true,
  cancelled: true,
} satisfies Record<UploadProblem, true>;

const problem = z.enum(Object.keys(PROBLEMS) as UploadProblem[]);

const uploadEvent: z.ZodType<UploadEvent> = z.discriminatedUnion('kind', [
  z.object({
    kind: z.enum([
      'added',
      'paused',
      'resumed',
      'retried',
      'started-over',
      'cancelled',
      'given-up',
      'expired',
      'sent',
    ]),
  }),
  z.object({ kind: z.literal('opened'), partSizeBytes: z.number(), partCount: z.number() }),
  z.object({ kind: z.literal('started'), missingParts: z.number() }),
  z.object({
    kind: z.literal('waited'),
    step: z.enum(['opening', 'signing', 'part', 'completing', 'giving-up', 'file']),
    partNumber: z.number().nullable(),
    problem,
    waitMs: z.number(),
  }),
  z.object({ kind: z.literal('signed-again'), partNumber: z.number() }),
  z.object({ kind: z.literal('completing'), partCount: z.number() }),
  z.object({ kind: z.literal('checksum'), sha256Hex: z.string() }),
  z.object({ kind: z.literal('failed'), problem }),
]);

/** Null for what another version has written and this one does not know. */
function parsedEvent(json: string): UploadEvent | null {
  try {
    return uploadEvent.parse(JSON.parse(json));
  } catch {
    return null;
  }
}

function partRecord(row: Row): { partNumber: number; sizeBytes: number } & PartFacts {
  return {
    partNumber: Number(row.part_number),
    sizeBytes: Number(row.size_bytes),
    sentAtMs: Number(row.sent_at_ms),
    tookMs: Number(row.took_ms),
    tries: Number(row.tries),
    md5Hex: String(row.md5_hex),
  };
}

/** What happened to each upload, and how its parts got there. */
export function uploadLog(database: Database, feed: ChangeFeed) {
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
          MOST_WAITS,
        );
      });
    },
    /** In the order in which they happened. Of waits only the latest thousand are kept. */
    events: (id: string): { atMs: number; event: UploadEvent }[] =>
      database
        .all('SELECT at_ms, event_json FROM upload_events WHERE upload_id = ? ORDER BY id', id)
        .flatMap((row) => {
          const event = parsedEvent(String(row.event_json));
          return event ? [{ atMs: Number(row.at_ms), event }] : [];
        }),
    /** The sent parts with how they got there, without those of before that was noted. */
    partRecords: (id: string) =>
      database
        .all(
          `SELECT * FROM upload_parts WHERE upload_id = ? AND sent_at_ms IS NOT NULL
           ORDER BY part_number`,
          id,
        )
        .map(partRecord),
    /** Deletes log and parts of uploads that ended before; the uploads themselves stay listed. */
    forget(endedBeforeMs: number): void {
      const old = `upload_id IN (SELECT id FROM uploads
        WHERE state IN ('sent', 'cancelled') AND ended_at_ms < ?)`;
      database.transaction(() => {
        database.run(`DELETE FROM upload_events WHERE ${old}`, endedBeforeMs);
        database.run(`DELETE FROM upload_parts WHERE ${old}`, endedBeforeMs);
      });
    },
  };
}
