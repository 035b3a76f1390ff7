import { expect, it } from 'vitest';
import { formatUploadLog } from '../../../main/uploads/log-text';
import type { UploadEvent, UploadLog } from '../../../preload/contract';

const AT_MS = Date.UTC(2026, 0, 2, 3, 4, 5, 678);
const SHA = 'f'.repeat(64);

function log(changes: Partial<UploadLog> = {}): UploadLog {
  return {
    fileName: 'talk.mp4',
    sizeBytes: 9_000_000,
    partSizeBytes: 5_242_880,
    partCount: 2,
    sha256Hex: SHA,
    events: [],
    parts: [],
    ...changes,
  };
}

it('a person can read what the file was, what happened and how each part was sent', () => {
  const text = formatUploadLog(
    log({
      events: [
        { atMs: AT_MS, event: { kind: 'added' } },
        {
          atMs: AT_MS + 1,
          event: {
            kind: 'waited',
            ...{ step: 'part', partNumber: 2, problem: 'timed-out', waitMs: 1500 },
          },
        },
      ],
      parts: [
        {
          ...{ partNumber: 1, sizeBytes: 5_242_880, sentAtMs: AT_MS, tookMs: 230, tries: 1 },
          md5Hex: 'a'.repeat(32),
        },
      ],
    }),
  );
  expect(text.split('\n')).toEqual([
    'File: talk.mp4',
    'Size: 9000000 bytes',
    'Part size: 5242880 bytes',
    'Parts: 2',
    `SHA-256: ${SHA}`,
    '',
    'What happened:',
    '2026-01-02T03:04:05.678Z Added to the queue',
    '2026-01-02T03:04:05.679Z Waited 1500 ms, part 2: timed out',
    '',
    'Parts that were sent:',
    `2026-01-02T03:04:05.678Z Part 1: 5242880 bytes, 1 try, 230 ms, MD5 ${'a'.repeat(32)}`,
    '',
  ]);
});

it('every kind of event has a line of its own', () => {
  const wait = { partNumber: null, problem: 'file-missing', waitMs: 1 } as const;
  const events: UploadEvent[] = [
    { kind: 'added' },
    { kind: 'opened', partSizeBytes: 5, partCount: 2 },
    { kind: 'started', missingParts: 1 },
    { kind: 'waited', step: 'opening', ...wait },
    { kind: 'waited', step: 'signing', ...wait },
    { kind: 'waited', step: 'completing', ...wait },
    { kind: 'waited', step: 'giving-up', ...wait },
    { kind: 'waited', step: 'file', ...wait },
    { kind: 'signed-again', partNumber: 2 },
    { kind: 'paused' },
    { kind: 'resumed' },
    { kind: 'retried' },
    { kind: 'started-over' },
    { kind: 'cancelled' },
    { kind: 'given-up' },
    { kind: 'expired' },
    { kind: 'completing', partCount: 2 },
    { kind: 'sent' },
    { kind: 'checksum', sha256Hex: SHA },
    { kind: 'failed', problem: 'no-credit' },
  ];
  const text = formatUploadLog(log({ events: events.map((event) => ({ atMs: AT_MS, event })) }));
  const lines = text.split('\n').filter((line) => line.startsWith('2026'));
  expect(new Set(lines).size).toBe(events.length);
  expect(text).not.toMatch(/undefined|null|NaN/);
});

it('a missing checksum is reported as missing', () => {
  expect(formatUploadLog(log({ sha256Hex: null }))).toContain('SHA-256: not computed');
});

it('a file name cannot pretend to be a line of the log', () => {
  const fileName = 'a\nSHA-256: 0000\u202e\u2028.mp4';
  const lines = formatUploadLog(log({ fileName })).split('\n');
  expect(lines.filter((line) => line.startsWith('SHA-256'))).toEqual([`SHA-256: ${SHA}`]);
  expect(lines[0]).toBe('File: a\ufffdSHA-256: 0000\ufffd\ufffd.mp4');
});
