import { expect, it } from 'vitest';
import type { CandidateView, ClipLine } from '../../../main/domain/clip-line';
import { resultTitle } from '../../../main/downloads/result-title';

const candidate = { title: 'Best', render: { jobId: 'r1' } } as CandidateView;
const line = (title: string) => ({ title, candidates: [candidate] }) as ClipLine;

it.each([
  ['talk.mp4', 'r1', 'talk – Best'],
  ['talk.final.MOV', 'other', 'talk.final'],
  ['.mp4', 'other', '.mp4'],
  ['Talk', 'other', 'Talk'],
])('the result of %s in job %s is called %s', (title, jobId, expected) => {
  expect(resultTitle(line(title), jobId)).toBe(expected);
});

it('without a line the host names the file', () => {
  expect(resultTitle(null, 'r1')).toBeNull();
});
