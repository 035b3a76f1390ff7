import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { UploadFailure } from '../../../main/uploads/failure';
import { checkFile } from '../../../main/uploads/file-check';

const folder = mkdtempSync(join(tmpdir(), 'cliptray-check-'));
afterAll(() => rmSync(folder, { recursive: true }));

const PAD = Buffer.alloc(800);
const text = (value: string) => Buffer.from(value, 'latin1');
const hex = (value: string) => Buffer.from(value, 'hex');

function box(type: string, brand = ''): Buffer {
  return Buffer.concat([hex('00000018'), text(type), text(brand), PAD]);
}

function packets(sizeBytes: number, syncAt: number): Buffer {
  const stream = Buffer.alloc(sizeBytes * 5, 0xff);
  for (let at = syncAt; at < stream.length; at += sizeBytes) stream[at] = 0x47;
  return stream;
}

async function outcome(name: string, content: Buffer): Promise<string> {
  const path = join(folder, name);
  writeFileSync(path, content);
  return checkFile(path).then(
    (facts) => facts.mimeType,
    (error: unknown) => (error instanceof UploadFailure ? error.problem : String(error)),
  );
}

describe('a video is known by its first bytes, whatever its name', () => {
  it.each([
    ['a.mp4', box('ftyp', 'isom'), 'video/mp4'],
    ['no-extension', box('ftyp', 'mp42'), 'video/mp4'],
    ['a.mov', box('ftyp', 'qt  '), 'video/quicktime'],
    ['b.mov', box('ftyp', 'isom'), 'video/quicktime'],
    ['old.mov', box('moov'), 'video/quicktime'],
    ['wide.mov', box('wide'), 'video/quicktime'],
    ['a.m4v', box('ftyp', 'M4V '), 'video/x-m4v'],
    ['b.m4v', box('ftyp', 'mp42'), 'video/x-m4v'],
    ['renamed.txt', box('ftyp', 'M4VH'), 'video/x-m4v'],
    ['a.webm', Buffer.concat([hex('1a45dfa3'), text('xxxxB\x82\x84webm'), PAD]), 'video/webm'],
    ['a.mkv', Buffer.concat([hex('1a45dfa3'), text('xxxxmatroska'), PAD]), 'video/x-matroska'],
    ['a.avi', Buffer.concat([text('RIFFxxxxAVI LIST'), PAD]), 'video/x-msvideo'],
    ['a.ts', packets(188, 0), 'video/mp4'],
    ['a.m2ts', packets(192, 4), 'video/mp4'],
    ['a.mpg', Buffer.concat([hex('000001ba'), PAD]), 'video/mp4'],
    ['a.ogv', Buffer.concat([text('OggS'), PAD, text('\x80theora')]), 'video/mp4'],
    ['a.flv', Buffer.concat([text('FLV\x01'), PAD]), 'video/mp4'],
    ['a.wmv', Buffer.concat([hex('3026b2758e66cf11'), PAD]), 'video/mp4'],
  ])('%s', async (name, content, mimeType) => {
    expect(await outcome(name, content)).toBe(mimeType);
  });
});

describe('what is not a video is refused before a byte is uploaded', () => {
  it.each([
    ['song.mp4', box('ftyp', 'M4A ')],
    ['picture.mp4', box('ftyp', 'heic')],
    ['sound.avi', Buffer.concat([text('RIFFxxxxWAVEfmt '), PAD])],
    ['sound.ogg', Buffer.concat([text('OggS'), PAD, text('\x01vorbis')])],
    ['sound.wma', Buffer.concat([hex('3026b2758e66cf11'), PAD])],
    ['document.mp4', Buffer.concat([text('%PDF-1.7'), PAD])],
    ['tiny.mp4', text('\x00\x00')],
    ['zeros.mp4', Buffer.alloc(4096)],
    ['text.ts', Buffer.alloc(4096, 'G is a letter. ')],
  ])('%s', async (name, content) => {
    expect(await outcome(name, content)).toBe('file-not-video');
  });
});

describe('a video of a kind that no service takes is not called “no video”', () => {
  it.each([
    ['a.mxf', Buffer.concat([hex('060e2b34020501010d01020101020400'), PAD])],
    ['run-in.mxf', Buffer.concat([PAD, hex('060e2b34020501010d01020101010200'), PAD])],
    ['no-extension-mxf', Buffer.concat([hex('060e2b34020501010d01020101020400'), PAD])],
    ['ntsc.dv', Buffer.concat([hex('1f07003f'), PAD])],
    ['pal.dif', Buffer.concat([hex('1f0700bf'), PAD])],
    ['a.rm', Buffer.concat([text('.RMF\0\0\0\x12'), PAD])],
    ['a.rmvb', Buffer.concat([text('.RMF\0\0\0\x12'), PAD])],
    ['a.r3d', Buffer.concat([hex('00000100'), text('RED2'), PAD])],
    ['a.gxf', Buffer.concat([hex('0000000001bc'), PAD])],
    ['a.y4m', Buffer.concat([text('YUV4MPEG2 W2 H2'), PAD])],
    ['a.ivf', Buffer.concat([text('DKIF'), PAD])],
    ['a.h264', Buffer.concat([hex('0000000167640028'), PAD])],
    ['a.h265', Buffer.concat([hex('0000000140010c01'), PAD])],
    ['renamed.mp4', Buffer.concat([text('.RMF\0\0\0\x12'), PAD])],
  ])('%s', async (name, content) => {
    expect(await outcome(name, content)).toBe('file-kind-not-taken');
  });

  it('while sound of the same family, and a text called .mxf, are no videos', async () => {
    expect(await outcome('a.ra', Buffer.concat([text('.RMF\0\0\0\x12'), PAD]))).toBe(
      'file-not-video',
    );
    expect(await outcome('a.mxf', text('a text of more than a few letters'))).toBe(
      'file-not-video',
    );
    expect(await outcome('a.ico', Buffer.concat([hex('00000100010010100000'), PAD]))).toBe(
      'file-not-video',
    );
  });
});

it('an empty file, a file over 5 TiB, a missing one and a named pipe have their own reasons', async () => {
  expect(await outcome('empty.mp4', Buffer.alloc(0))).toBe('file-empty');
  await expect(checkFile(join(folder, 'nowhere.mp4'))).rejects.toThrow('file-missing');
  const pipe = join(folder, 'pipe.mp4');
  execFileSync('mkfifo', [pipe]);
  await expect(checkFile(pipe)).rejects.toThrow('file-not-video');
  const huge = join(folder, 'huge.mp4');
  writeFileSync(huge, box('ftyp', 'isom'));
  truncateSync(huge, 6 * 1024 ** 4);
  await expect(checkFile(huge)).rejects.toThrow('file-too-large');
});

it('what is stored about a file is what a later check finds', async () => {
  const path = join(folder, 'Facts é.MP4');
  writeFileSync(path, box('ftyp', 'isom'));
  expect(await checkFile(path)).toEqual({
    fileName: 'Facts é.MP4',
    mimeType: 'video/mp4',
    sizeBytes: statSync(path).size,
    modifiedAtMs: Math.floor(statSync(path).mtimeMs),
    partSizeBytes: 5 * 1024 * 1024,
  });
});
