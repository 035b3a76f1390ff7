import { createHash } from 'node:crypto';
import { createReadStream, readFileSync, statSync } from 'node:fs';
import { Readable } from 'node:stream';
import type { RenderJob } from '../types';
import type { Answer, Exchange } from '../wire/exchange';
import type { World } from '../world';
import { judgeSignature } from './presign';
import { expiredAnswer, xmlError } from './xml';

/** A small real video (two seconds of a test pattern); results are this with padding behind it. */
const sample = readFileSync(new URL('../sample.mp4', import.meta.url));

interface Source {
  sizeBytes: number;
  etag: string;
  open(fromByte: number, toByte: number): Readable;
}

/** Serves `/renders/{job}.mp4` and `/sources/{clip}`, whole or in ranges. */
export function serveFile(exchange: Exchange): Answer {
  const { world, path, entry, url } = exchange;
  const render = /^\/renders\/([^/]+)\.mp4$/.exec(path)?.[1];
  const source = /^\/sources\/([^/]+)$/.exec(path)?.[1];
  if (render !== undefined) {
    entry.route = 'GET /renders/{jobId}.mp4';
    const job = world.renders.get(render);
    if (job?.completedAtMs == null) return xmlError(404, 'NoSuchKey', 'There is no such object.');
    if (world.shapes.get('autoposting.outputUrl') === 'signed') {
      const signature = judgeSignature(world, 'GET', url);
      if (signature.state === 'expired') {
        return expiredAnswer(world.clock.now(), signature.expiredMs);
      }
      if (signature.state !== 'good') return xmlError(403, 'AccessDenied', 'Not signed.');
    }
    return ranged(exchange, renderSource(job));
  }
  if (source !== undefined) {
    entry.route = 'GET /sources/{clipId}';
    const found = clipSource(world, source);
    if (found) return ranged(exchange, found);
  }
  return xmlError(404, 'NoSuchKey', 'There is no such object.');
}

function renderSource(job: RenderJob): Source {
  if (job.outputFile) {
    const file = job.outputFile;
    const { size, mtimeMs } = statSync(file);
    return {
      sizeBytes: size,
      etag: `"${createHash('md5').update(`${file} ${size} ${mtimeMs}`).digest('hex')}"`,
      open: (start, end) => createReadStream(file, { start, end }),
    };
  }
  const bytes = paddedSample(job.id, job.outputSizeBytes);
  return bytesSource(bytes);
}

function clipSource(world: World, clipId: string): Source | null {
  const clip = world.clips.get(clipId);
  if (!clip) return null;
  const upload = clip.uploadId ? world.store.find(clip.uploadId) : null;
  if (!upload) return bytesSource(paddedSample(clip.id, sample.length + 64));
  if (!upload.object?.every((part) => part.file)) return null;
  const sizeBytes = upload.object.reduce((sum, part) => sum + part.sizeBytes, 0);
  return {
    sizeBytes,
    etag: `"${upload.object.map((part) => part.md5Hex.slice(0, 4)).join('')}"`,
    open: (start, end) => Readable.from(world.store.read(upload, start, end)),
  };
}

function bytesSource(bytes: Buffer): Source {
  return {
    sizeBytes: bytes.length,
    etag: `"${createHash('md5').update(bytes).digest('hex')}"`,
    open: (start, end) => Readable.from([bytes.subarray(start, end + 1)]),
  };
}

/** The sample, then a `free` box that players skip, filled so that every result differs. */
export function paddedSample(seed: string, sizeBytes: number): Buffer {
  const padding = Math.max(40, sizeBytes - sample.length);
  const box = Buffer.alloc(padding, createHash('sha256').update(seed).digest());
  box.writeUInt32BE(padding, 0);
  box.write('free', 4, 'latin1');
  return Buffer.concat([sample, box]);
}

function ranged(exchange: Exchange, source: Source): Answer {
  const headers: Record<string, string> = {
    'Content-Type': 'video/mp4',
    'Accept-Ranges': 'bytes',
    ETag: source.etag,
  };
  const last = source.sizeBytes - 1;
  const wanted = exchange.req.headers.range;
  const condition = exchange.req.headers['if-range'];
  const range = wanted && (!condition || condition === source.etag) ? parse(wanted, last) : null;
  if (range === 'unsatisfiable') {
    return {
      ...xmlError(416, 'InvalidRange', 'The range is outside the object.'),
      headers: {
        'Content-Type': 'application/xml',
        'Content-Range': `bytes */${source.sizeBytes}`,
      },
    };
  }
  const [start, end] = range ?? [0, last];
  exchange.entry.applied = true;
  return {
    status: range ? 206 : 200,
    headers: {
      ...headers,
      ...(range && { 'Content-Range': `bytes ${start}-${end}/${source.sizeBytes}` }),
    },
    body: null,
    stream: { sizeBytes: end - start + 1, open: () => source.open(start, end) },
  };
}

function parse(header: string, last: number): [number, number] | 'unsatisfiable' | null {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header);
  if (!match || (!match[1] && !match[2])) return null;
  if (!match[1]) return [Math.max(0, last + 1 - Number(match[2])), last];
  const start = Number(match[1]);
  const end = match[2] ? Math.min(last, Number(match[2])) : last;
  return start > last || start > end ? 'unsatisfiable' : [start, end];
}
