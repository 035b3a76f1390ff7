import { createHash } from 'node:crypto';
import type { SimulatorControl } from '../../simulator/client';

export const mib = 1024 * 1024;

export interface Reply {
  status: number;
  headers: Headers;
  text: string;
  /** The parsed JSON; undefined when it is not JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: the tests below look into answers of every shape
  body: any;
}

async function request(
  url: string,
  method: string,
  headers: Record<string, string>,
  body?: unknown,
): Promise<Reply> {
  const reply = await fetch(url, {
    method,
    headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
    redirect: 'manual',
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await reply.text();
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    parsed = undefined;
  }
  return { status: reply.status, headers: reply.headers, text, body: parsed };
}

/** Sends a request to Autoposting with the first key. */
export function autoposting(simulator: SimulatorControl, key = simulator.keys.autoposting) {
  return (method: string, path: string, body?: unknown) =>
    request(`${simulator.autopostingUrl}${path}`, method, { authorization: `Bearer ${key}` }, body);
}

/** Sends a request to Clipping with the first key. */
export function clipping(simulator: SimulatorControl, key = simulator.keys.clipping) {
  return (method: string, path: string, body?: unknown) =>
    request(`${simulator.clippingUrl}${path}`, method, { authorization: `Bearer ${key}` }, body);
}

/** Bytes that differ along their length and by seed. */
export function someBytes(sizeBytes: number, seed = 1): Buffer {
  const bytes = Buffer.alloc(sizeBytes, createHash('sha256').update(String(seed)).digest());
  for (let at = 0; at < sizeBytes; at += 65_536) bytes.writeUInt8((at / 65_536) % 251, at);
  return bytes;
}

export function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Opens an upload at the first brand. */
export async function initUpload(simulator: SimulatorControl, fileSize = 6 * mib) {
  const api = autoposting(simulator);
  const brands = await api('GET', '/brands');
  const reply = await api('POST', '/clips/upload/init', {
    brandId: brands.body.data[0].id,
    title: 'Morning at the pier',
    fileName: 'pier.mp4',
    fileSize,
    mimeType: 'video/mp4',
  });
  return reply.body.data as { clipId: string; uploadId: string; key: string };
}

/** Signs one part. */
export async function presignPart(
  simulator: SimulatorControl,
  upload: { clipId: string; uploadId: string; key: string },
  partNumber: number,
): Promise<string> {
  const reply = await autoposting(simulator)('POST', '/clips/upload/presign', {
    ...upload,
    partNumbers: [partNumber],
  });
  return reply.body.data.presignedUrls[0].url;
}

/** Sends one part; returns its ETag with the quotes, and the reply. */
export async function putPart(url: string, bytes: Buffer, headers: Record<string, string> = {}) {
  const reply = await fetch(url, { method: 'PUT', body: new Uint8Array(bytes), headers });
  return { status: reply.status, etag: reply.headers.get('etag'), text: await reply.text() };
}

/** Uploads whole parts and completes; returns the clip's id. */
export async function uploadClip(simulator: SimulatorControl, parts: Buffer[]): Promise<string> {
  const size = parts.reduce((sum, part) => sum + part.length, 0);
  const upload = await initUpload(simulator, size);
  const sentParts = [];
  for (const [index, bytes] of parts.entries()) {
    const url = await presignPart(simulator, upload, index + 1);
    const { etag } = await putPart(url, bytes);
    sentParts.push({ partNumber: index + 1, etag });
  }
  await autoposting(simulator)('POST', '/clips/upload/complete', { ...upload, parts: sentParts });
  return upload.clipId;
}
