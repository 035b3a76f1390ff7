import { expect, it } from 'vitest';
import { moveInQueue } from '../../../main/domain/queue-order';
import type { QueueMove, UploadState } from '../../../main/domain/upload';

const states: Record<string, UploadState> = { a: 'sending', p: 'paused', f: 'failed' };

/** A queue written as letters: `p` is paused, `f` has failed, the others are unfinished. */
function moved(queue: string, id: string, to: QueueMove): string {
  const uploads = [...queue].map((letter) => ({ id: letter, state: states[letter] ?? 'queued' }));
  return moveInQueue(uploads, id, to).join('');
}

it.each([
  ['abcd', 'c', 'first', 'cabd'],
  ['abcd', 'b', 'last', 'acdb'],
  ['abcd', 'c', 'earlier', 'acbd'],
  ['abcd', 'b', 'later', 'acbd'],
  ['abcd', 'a', 'earlier', 'abcd'],
  ['abcd', 'd', 'later', 'abcd'],
  ['abcd', 'x', 'first', 'abcd'],
] as const)('in %s, %s moved %s gives %s', (queue, id, to, result) => {
  expect(moved(queue, id, to)).toBe(result);
});

it('a step skips paused and failed uploads: it must be seen to do something', () => {
  expect(moved('bpfc', 'c', 'earlier')).toBe('cbpf');
  expect(moved('bpfc', 'b', 'later')).toBe('pfcb');
  expect(moved('pc', 'c', 'earlier')).toBe('cp');
  expect(moved('cp', 'c', 'later')).toBe('pc');
});
