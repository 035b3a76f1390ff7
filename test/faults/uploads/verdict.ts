import type { UploaderMessage } from './messages';
import { userAgentOf } from './messages';
import type { Snapshot } from './snapshot';

/** A run of the uploader, as far as the verdict needs it. */
export interface RunRecord {
  number: number;
  killed: boolean;
  messages: UploaderMessage[];
  snapshot: Snapshot;
}

/** A request in the simulator's log, as far as the verdict needs it. */
export interface RequestRecord {
  id: number;
  service: string;
  method: string;
  path: string;
  query: Record<string, string>;
  headers: Record<string, string>;
  body: string | null;
  status: number | null;
  outcome: string;
  partNumber: number | null;
  applied: boolean;
}

/** A multipart upload at the simulator; `fileName` is that of its clip. */
export interface ObjectRecord {
  uploadId: string;
  clipId: string;
  fileName: string;
  state: 'open' | 'completed' | 'aborted';
  sizeBytes: number;
  /** Of the assembled object; null while there is none. */
  sha256Hex: string | null;
}

export interface Evidence {
  files: { path: string; fileName: string; sizeBytes: number; sha256Hex: string }[];
  runs: RunRecord[];
  /** In the order of arrival. */
  requests: RequestRecord[];
  /** In the order in which they were opened. */
  objects: ObjectRecord[];
}

export interface Verdict {
  /** What was lost or went wrong; empty when all went well. */
  problems: string[];
  partsSentTwice: number;
  /** Multipart uploads left open although the app knew of them, or could have known. */
  danglingUploads: number;
  /** Those it could not know of: the answer to init never arrived, or it was killed first. */
  unknowable: number;
}

/** Judges what is left when a trial is over. */
export function judge(evidence: Evidence): Verdict {
  const problems = evidence.files.flatMap((file) => lostIn(file, evidence));
  const partsSentTwice = countSentTwice(evidence);
  const open = evidence.objects.filter(({ state }) => state === 'open');
  const dangling = open.filter((object) => couldBeKnown(object, evidence));
  if (partsSentTwice > 0) problems.push(`${partsSentTwice} parts were sent twice`);
  for (const { uploadId } of dangling) problems.push(`the upload ${uploadId} was left open`);
  return {
    problems,
    partsSentTwice,
    danglingUploads: dangling.length,
    unknowable: open.length - dangling.length,
  };
}

function lostIn(file: Evidence['files'][number], { runs, objects, requests }: Evidence): string[] {
  const rows = (runs.at(-1)?.snapshot.uploads ?? []).filter(({ path }) => path === file.path);
  const row = rows[0];
  if (!row || rows.length > 1) return [`${file.fileName} has ${rows.length} records`];
  const finished = objects.filter(
    ({ fileName, state }) => fileName === file.fileName && state === 'completed',
  );
  const object = finished[0];
  const says = (holds: boolean, problem: string) => (holds ? [] : [`${file.fileName}: ${problem}`]);
  const completions = requests.filter(
    ({ path, applied, body }) =>
      applied && path === '/clips/upload/complete' && body?.includes(`"${object?.uploadId}"`),
  );
  return [
    ...says(row.state === 'sent', `the record says ${row.state}`),
    ...says(row.sha256Hex === file.sha256Hex, `the record has the SHA-256 ${row.sha256Hex}`),
    ...says(finished.length === 1, `${finished.length} finished objects`),
    ...says(row.clipId === object?.clipId, 'the record names another clip'),
    ...says(object?.sha256Hex === file.sha256Hex, 'other bytes than the file has'),
    ...says(object?.sizeBytes === file.sizeBytes, `${object?.sizeBytes} bytes at the service`),
    ...says(completions.length === 1, `${completions.length} completions had an effect`),
  ];
}

/** Whether the app had what it takes to complete or abort a multipart upload. */
function couldBeKnown(object: ObjectRecord, evidence: Evidence): boolean {
  const { runs, objects, requests } = evidence;
  const recorded = runs.some(({ snapshot }) =>
    snapshot.uploads.some(({ remote }) => remote?.uploadId === object.uploadId),
  );
  // The app makes no further call before the id is stored: a call with the id shows that it was.
  const named = requests.some(({ body }) => body?.includes(`"${object.uploadId}"`));
  if (recorded || named) return true;
  const alike = objects.filter(({ fileName }) => fileName === object.fileName);
  const inits = requests.filter(
    ({ path, applied, body }) =>
      applied &&
      path === '/clips/upload/init' &&
      body?.includes(`"fileName":${JSON.stringify(object.fileName)}`),
  );
  const init = inits[alike.indexOf(object)];
  if (!init) return true;
  const run = runs.find(({ number }) => init.headers['user-agent'] === userAgentOf(number));
  const answered = init.outcome === 'answered' && init.status !== null && init.status < 300;
  return answered && !run?.killed;
}

/**
 * Counts parts that were sent again although their ETag was stored: in an earlier life, as its
 * database shows, or in the same life, where a stored part can only be that of the last answer
 * before it.
 */
function countSentTwice({ runs, requests }: Evidence): number {
  let twice = 0;
  let before = new Set<string>();
  for (const run of runs) {
    const puts = requests.filter(
      ({ service, method, headers }) =>
        service === 'storage' &&
        method === 'PUT' &&
        headers['user-agent'] === userAgentOf(run.number),
    );
    const stored = run.messages.flatMap((message) =>
      message.type === 'part-stored' ? [keyOf(message)] : [],
    );
    for (const put of puts) if (before.has(partOf(put))) twice += 1;
    for (const key of new Set(stored)) {
      const own = puts.filter((put) => partOf(put) === key);
      const answered = own.findLastIndex(
        ({ status, outcome }) => status === 200 && outcome === 'answered',
      );
      const records = stored.filter((one) => one === key).length;
      twice += records - 1 + (answered < 0 ? 0 : own.length - 1 - answered);
    }
    before = recordedIn(run.snapshot);
  }
  return twice;
}

function recordedIn({ uploads }: Snapshot): Set<string> {
  return new Set(
    uploads.flatMap(({ remote, parts }) =>
      remote ? parts.map(({ partNumber }) => keyOf({ uploadId: remote.uploadId, partNumber })) : [],
    ),
  );
}

function partOf({ query, partNumber }: RequestRecord): string {
  return keyOf({ uploadId: query.uploadId ?? '', partNumber: partNumber ?? 0 });
}

function keyOf({ uploadId, partNumber }: { uploadId: string; partNumber: number }): string {
  return `${partNumber} of ${uploadId}`;
}
