import { describe, expect, it } from 'vitest';
import type { ClipLine, Stage } from '../../../preload/contract';
import { displayText } from '../../../renderer/src/components/display-text';
import { countByFilter, findLines, inOrder } from '../../../renderer/src/state/line-list';
import { stageSteps } from '../../../renderer/src/state/stage-steps';
import { timecode } from '../../../renderer/src/views/jobs/timecode';
import { sampleLine } from '../../builders/clip-line';

function line(id: string, stage: Stage, part: Partial<ClipLine> = {}): ClipLine {
  return sampleLine({ id, title: `${id}.mp4`, stage, clipId: id, ...part });
}

const noName = () => '';

describe('the list of lines', () => {
  it('shows running work above a newer result', () => {
    const lines = {
      done: line('done', 'done', { changedAtMs: 900 }),
      running: line('running', 'rendering', { active: true, changedAtMs: 100 }),
      older: line('older', 'done', { changedAtMs: 500 }),
    };
    expect(inOrder(lines).map((each) => each.id)).toEqual(['running', 'done', 'older']);
  });

  it('finds every stopped upload, failure and unknown status under “Needs attention”', () => {
    const stages: Stage[] = ['upload-failed', 'failed', 'gone', 'unknown', 'done', 'rendering'];
    const lines = stages.map((stage) => line(stage, stage));
    const found = findLines(lines, 'attention', '', noName);
    expect(found.map((each) => each.id)).toEqual(['upload-failed', 'failed', 'gone', 'unknown']);
  });

  it('does not call a paused upload finished', () => {
    const lines = [line('paused', 'upload-paused'), line('done', 'done')];
    expect(findLines(lines, 'finished', '', noName).map((each) => each.id)).toEqual(['done']);
  });

  it('finds a line by any order of words from its title and its account', () => {
    const lines = [line('Interview-Maria', 'done'), line('keynote', 'done')];
    const found = findLines(lines, 'all', ' STUDIO maria ', () => 'Studio channel');
    expect(found.map((each) => each.id)).toEqual(['Interview-Maria']);
  });

  it('promises on each filter the number of lines that the filter shows', () => {
    const lines = [
      line('a', 'rendering', { active: true }),
      line('b', 'failed'),
      line('c', 'upload-paused'),
    ];
    const counts = countByFilter(lines);
    for (const filter of ['all', 'active', 'attention', 'finished'] as const) {
      expect(counts[filter], filter).toBe(findLines(lines, filter, '', noName).length);
    }
  });
});

describe('the progress of a line', () => {
  it('shows a failed render as stopped at the render, not at processing', () => {
    const render = {
      jobId: 'r',
      candidateId: null,
      phase: 'failed',
      remoteStatus: 'failed',
      gone: false,
      phaseSinceMs: 0,
      endedAtMs: 0,
      likelyEndAtMs: null,
      hasResult: false,
      failure: null,
    } as const;
    const failed = line('a', 'failed', { otherRenders: [render] });
    expect(stageSteps(failed)).toEqual(['past', 'past', 'stopped']);
    expect(stageSteps(line('b', 'failed'))).toEqual(['past', 'stopped', 'ahead']);
  });

  it('shows nothing as under way while an execution only waits', () => {
    expect(stageSteps(line('a', 'waiting', { kind: 'execution' }))).toEqual(['ahead']);
    expect(stageSteps(line('a', 'running', { kind: 'execution' }))).toEqual(['current']);
    expect(stageSteps(line('a', 'done', { kind: 'execution' }))).toEqual(['past']);
  });
});

describe('text from outside', () => {
  it('shows where a file name hides its real extension', () => {
    expect(displayText('evil\u202egpj.exe')).toBe('evil\ufffdgpj.exe');
    expect(displayText('مقابلة – 1.mp4')).toBe('مقابلة – 1.mp4');
  });

  it('shows a position in a long video with its hour', () => {
    expect(timecode(42_900)).toBe('0:42');
    expect(timecode(3_605_000)).toBe('1:00:05');
  });
});
