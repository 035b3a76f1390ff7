import { isUntakenVideo } from './untaken-video';

/** How many of a file's first bytes `videoTypeOf` needs. */
export const HEAD_BYTES = 16 * 1024;

/** Brands of images and audio that use the same box format as MP4. */
const NOT_VIDEO_BRANDS = [
  /^M4[AB] $/, // audio
  /^(heic|heix|heim|heis|mif1|avif|jp2 |jpx |crx )$/, // images
];

function ascii(head: Uint8Array, start: number, end: number): string {
  return String.fromCharCode(...head.subarray(start, end));
}

function startsWith(head: Uint8Array, bytes: number[]): boolean {
  return bytes.every((byte, index) => head[index] === byte);
}

/** ISO base media and QuickTime: https://mp4ra.org/registered-types/brands */
function boxType(head: Uint8Array, extension: string): string | null {
  const type = ascii(head, 4, 8);
  if (type !== 'ftyp') {
    // QuickTime files from before `ftyp` begin with one of these atoms; 1 stands for a 64-bit size.
    const sizeBytes = new DataView(head.buffer, head.byteOffset, head.byteLength).getUint32(0);
    const known = ['moov', 'mdat', 'wide', 'free', 'skip', 'pnot'].includes(type);
    return known && (sizeBytes >= 8 || sizeBytes <= 1) ? 'video/quicktime' : null;
  }
  const brand = ascii(head, 8, 12);
  if (NOT_VIDEO_BRANDS.some((pattern) => pattern.test(brand))) return null;
  if (brand === 'qt  ') return 'video/quicktime';
  if (brand.startsWith('M4V')) return 'video/x-m4v';
  // Many programs write .mov and .m4v files with a generic brand, so the extension says more.
  if (extension === 'mov') return 'video/quicktime';
  if (extension === 'm4v') return 'video/x-m4v';
  return 'video/mp4';
}

/** MPEG-TS packets of 188 bytes, or of 192 with a time stamp first (camcorders, Blu-ray). */
function isTransportStream(head: Uint8Array): boolean {
  const everyPacket = (start: number, packetBytes: number): boolean =>
    [0, 1, 2, 3].every((index) => head[start + index * packetBytes] === 0x47);
  return everyPacket(0, 188) || everyPacket(4, 192);
}

/** `not-taken`: a video, but of a kind that no service takes. */
export type VideoType = { mimeType: string } | 'not-taken' | 'not-video';

/**
 * What a file is by its first bytes (up to HEAD_BYTES); the extension (lower case, without the dot) only
 * decides between related types.
 *
 * The service is known to accept six types. The vendor's own client sends all others as `video/mp4`, and
 * so does the app with those that players know too. Which extensions these types have is in
 * `domain/video-extensions.ts`.
 */
export function videoTypeOf(head: Uint8Array, extension: string): VideoType {
  const mimeType = mimeTypeOf(head, extension);
  if (mimeType) return { mimeType };
  return isUntakenVideo(head, extension) ? 'not-taken' : 'not-video';
}

function mimeTypeOf(head: Uint8Array, extension: string): string | null {
  if (head.length < 12) return null;
  const box = boxType(head, extension);
  if (box) return box;
  if (startsWith(head, [0x1a, 0x45, 0xdf, 0xa3])) {
    return ascii(head, 4, 64).includes('webm') ? 'video/webm' : 'video/x-matroska';
  }
  if (ascii(head, 0, 4) === 'RIFF' && ascii(head, 8, 12) === 'AVI ') return 'video/x-msvideo';
  // MPEG program stream and raw MPEG video.
  const mpeg = startsWith(head, [0, 0, 1, 0xba]) || startsWith(head, [0, 0, 1, 0xb3]);
  const flash = startsWith(head, [0x46, 0x4c, 0x56, 1]);
  // An Ogg file announces all its streams on its first pages; most contain only audio.
  const ogg = ascii(head, 0, 4) === 'OggS' && ascii(head, 0, 4096).includes('theora');
  // Windows Media has the same signature for audio and video.
  const asf = startsWith(head, [0x30, 0x26, 0xb2, 0x75, 0x8e, 0x66, 0xcf, 0x11]);
  const windowsVideo = asf && extension !== 'wma';
  return mpeg || flash || ogg || windowsVideo || isTransportStream(head) ? 'video/mp4' : null;
}
