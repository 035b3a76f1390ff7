import { expect, test } from 'vitest';
import type { UploaderMessage } from '../../faults/uploads/messages';
import { earlyRequests } from '../../faults/uploads/retry-after';

const WAIT_MS = 1_000;

/** The request for a part, in the order of arrival; the first one is refused at 100 ms. */
const request = (id: number, partNumber: number, atMs: number) => ({
  id,
  atMs,
  partNumber,
  query: { uploadId: 'up-1' },
  ...(id === 1
    ? { faultId: 'fault-1', status: 503, answeredAtMs: 100 }
    : { faultId: null, status: 200, answeredAtMs: atMs }),
});
const sending = (partNumber: number): UploaderMessage => ({
  type: 'part-sending',
  uploadId: 'up-1',
  partNumber,
});
const refused: UploaderMessage = {
  type: 'part-answered',
  uploadId: 'up-1',
  partNumber: 1,
  status: 503,
};
const early = (requests: ReturnType<typeof request>[], messages: UploaderMessage[]) =>
  earlyRequests(requests, messages, WAIT_MS).map(({ id }) => id);

test('a part that was sent before the refusal was read may arrive as late as the machine is slow', () => {
  const requests = [request(1, 1, 50), request(2, 2, 900), request(3, 1, 1_100)];
  expect(early(requests, [sending(1), sending(2), refused, sending(1)])).toEqual([]);
});

test('a part that was sent once the refusal was read is early, however soon it arrives', () => {
  const requests = [request(1, 1, 50), request(2, 2, 101), request(3, 1, 1_100)];
  expect(early(requests, [sending(1), refused, sending(2), sending(1)])).toEqual([2]);
});

test('the refused part itself is early when it comes again before the wait is over', () => {
  const requests = [request(1, 1, 50), request(2, 1, 600)];
  expect(early(requests, [sending(1), refused, sending(1)])).toEqual([2]);
});

test('a request that comes early is never excused when the uploader reported nothing', () => {
  expect(early([request(1, 1, 50), request(2, 2, 300)], [])).toEqual([2]);
});
