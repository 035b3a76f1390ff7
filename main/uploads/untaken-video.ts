/** The key with which the header of an MXF file begins (SMPTE 377): any partition pack of a header. */
const MXF_HEADER = [0x06, 0x0e, 0x2b, 0x34, 0x02, 0x05, 0x01, 0x01, 0x0d, 0x01, 0x02];

/**
 * First bytes of videos from cameras, recorders and editing programs that services do not take: "Latin-1
 * text" at an offset. https://wiki.multimedia.cx has their formats.
 */
const SIGNATURES: { text: string; at: number }[] = [
  { text: '\x1f\x07\x00', at: 0 }, // raw DV: the header block of the first frame
  { text: 'RED1', at: 4 }, // Redcode
  { text: 'RED2', at: 4 },
  { text: 'ARRI', at: 0 }, // ARRIRAW
  { text: 'MLVI', at: 0 }, // Magic Lantern
  { text: 'YUV4MPEG2 ', at: 0 },
  { text: 'DKIF', at: 0 }, // IVF
  { text: 'nut/multimedia container', at: 0 },
  { text: '\x00\x00\x00\x00\x01\xbc', at: 0 }, // GXF
  { text: '\xb7\xd8\x00\x20\x37\x49\xda\x11', at: 0 }, // WTV
  { text: 'NSVf', at: 0 },
  { text: 'NSVs', at: 0 },
  { text: 'BIKi', at: 0 }, // Bink
  { text: 'KB2', at: 0 },
  { text: 'SMK2', at: 0 }, // Smacker
  { text: 'SMK4', at: 0 },
  { text: 'AMV ', at: 8 },
  { text: '4XMV', at: 8 },
];

/** The first unit of H.264, H.265 or MPEG-4 video without a container: parameters, or a delimiter. */
function isRawStream(head: Uint8Array): boolean {
  const start = head[2] === 1 ? 3 : 4;
  if (head[0] !== 0 || head[1] !== 0 || head[start - 1] !== 1) return false;
  if (start === 4 && head[2] !== 0) return false;
  const [byte = 0, next = 0] = head.subarray(start, start + 2);
  const isH264 = byte === 0x67 || byte === 0x27 || (byte === 0x09 && (next & 0x1f) === 0x10);
  const isH265 = (byte === 0x40 || byte === 0x42 || byte === 0x46) && next === 0x01;
  return isH264 || isH265 || byte === 0xb0;
}

function isAt(head: Uint8Array, bytes: ArrayLike<number>, at: number): boolean {
  return Array.from(bytes).every((byte, index) => head[at + index] === byte);
}

/** Whether the first bytes are those of a video that no service takes. `extension` is in lower case. */
export function isUntakenVideo(head: Uint8Array, extension: string): boolean {
  const begins = (text: string, at: number): boolean => {
    const codes = Array.from(text, (letter) => letter.charCodeAt(0));
    return isAt(head, codes, at);
  };
  // RealMedia has the same signature for audio and video.
  if (begins('.RMF', 0)) return extension !== 'ra' && extension !== 'ram';
  if (SIGNATURES.some(({ text, at }) => begins(text, at))) return true;
  // An MXF file may begin with up to 64 KiB of anything.
  if (
    Buffer.from(head.buffer, head.byteOffset, head.byteLength).includes(Buffer.from(MXF_HEADER))
  ) {
    return true;
  }
  return isRawStream(head);
}
