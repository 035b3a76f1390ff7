import { describe, expect, it } from 'vitest';
import type { UploadProblem, UploadState } from '../../../main/domain/upload';
import type { QueueMove } from '../../../preload/contract';
import { createTranslator } from '../../../preload/messages';
import { inOrder } from '../../../renderer/src/state/line-list';
import { positionAfter } from '../../../renderer/src/state/queue-position';
import { roundTransferTimeLeft } from '../../../renderer/src/state/time-left';
import { uploadLimits } from '../../../renderer/src/state/upload-limits';
import { waitingForFile } from '../../../renderer/src/state/upload-waits';
import { checkLink, pastedLink } from '../../../renderer/src/state/web-link';
import { sampleLine, sampleUploadView } from '../../builders/clip-line';

describe('a pasted text', () => {
  it.each([
    ['https://youtu.be/dQw4w9WgXcQ', 'https://youtu.be/dQw4w9WgXcQ'],
    ['  http://example.com/a\n', 'http://example.com/a'],
    ['HTTPS://Example.com/v.mp4?x=1', 'https://example.com/v.mp4?x=1'],
  ])('that is a link offers to import it: %s', (text, url) => {
    expect(pastedLink(text)).toBe(url);
  });

  it.each([
    '',
    'harbour podcast',
    'see https://example.com/v.mp4 please',
    'https://example.com/a\nhttps://example.com/b',
    'file:///home/ana/v.mp4',
    'javascript:alert(1)',
    'https://',
    `https://example.com/${'a'.repeat(2000)}`,
  ])('that is anything else opens no dialog: %s', (text) => {
    expect(pastedLink(text)).toBeNull();
  });

  it('never sends the name and password of a link to a service', () => {
    expect(checkLink('https://ana:secret@example.com/v.mp4')).toEqual({ problem: 'has-password' });
    expect(pastedLink('https://ana@example.com/v.mp4')).toBeNull();
  });
});

describe('the queue', () => {
  const upload = (queuePosition: number | null) =>
    sampleUploadView({
      id: `u${queuePosition}`,
      state: queuePosition === null ? 'sent' : 'queued',
      queuePosition,
    });
  const line = (id: string, changedAtMs: number, queuePosition: number | null, active = true) =>
    sampleLine({
      id,
      title: id,
      stage: 'queued',
      changedAtMs,
      active,
      upload: upload(queuePosition),
    });

  it('is listed in its own order: otherwise a moved upload would not seem to move', () => {
    const lines = [
      line('done', 900, null, false),
      line('third', 300, 2),
      line('first', 100, 0),
      line('render', 500, null),
      line('second', 200, 1),
    ];
    const ids = inOrder(Object.fromEntries(lines.map((each) => [each.id, each]))).map(
      ({ id }) => id,
    );
    expect(ids).toEqual(['first', 'second', 'third', 'render', 'done']);
  });

  it('keeps its order when all uploads are paused', () => {
    const lines = [3, 1, 2].map((added) => ({
      ...line(`added ${added}`, 900 + added, null, false),
      stage: 'upload-paused' as const,
      startedAtMs: added,
    }));
    const all = [...lines, line('newer', 999_999, null, false)];
    const ids = inOrder(Object.fromEntries(all.map((each) => [each.id, each]))).map(({ id }) => id);
    expect(ids).toEqual(['added 1', 'added 2', 'added 3', 'newer']);
  });

  it.each<[QueueMove, number, number]>([
    ['first', 3, 0],
    ['earlier', 3, 2],
    ['earlier', 0, 0],
    ['later', 3, 4],
    ['later', 4, 4],
    ['last', 1, 4],
  ])('says the place that “%s” from %d leads to, as a screen reader hears it', (move, from, to) => {
    expect(positionAfter(move, from, 5)).toBe(to);
  });

  it('describes positions in both languages', () => {
    const words = (locale: string) =>
      [1, 2, 3, 4, 11, 22].map((queuePosition) =>
        createTranslator(locale).text('queue.position', { place: queuePosition }),
      );
    expect(words('en-GB')).toEqual(
      ['1st', '2nd', '3rd', '4th', '11th', '22nd'].map(
        (queuePosition) => `${queuePosition} in the queue`,
      ),
    );
    expect(words('pt-BR').slice(0, 2)).toEqual(['1º na fila', '2º na fila']);
  });
});

describe('the time left', () => {
  it('changes in steps, so that it can be read', () => {
    const minute = 60_000;
    expect([400, 9_000, 31_000, 48_000, 55_000].map(roundTransferTimeLeft)).toEqual([
      10_000,
      10_000,
      30_000,
      50_000,
      minute,
    ]);
    expect(roundTransferTimeLeft(3.6 * minute)).toBe(4 * minute);
    expect(roundTransferTimeLeft(133 * minute)).toBe(135 * minute);
  });
});

describe('a paused or failed upload', () => {
  it('is not called missing while it only waits for its drive', () => {
    const waiting = (state: UploadState, problem: UploadProblem) =>
      waitingForFile({ state, problem })?.title ?? null;
    expect(waiting('queued', 'file-missing')).toBe('line.waitsForFile');
    expect(waiting('failed', 'file-missing')).toBeNull();
    expect(waiting('queued', 'unreachable')).toBeNull();
    expect(waiting('queued', 'file-being-written')).toBe('line.waitsUntilWritten');
  });

  it('names the day until which it is kept in the format of the reader', () => {
    const now = new Date(2026, 10, 22).getTime();
    const day = new Date(2026, 11, 6, 12).getTime();
    expect(createTranslator('en-GB').day(day, now)).toBe('6 December');
    expect(createTranslator('pt-BR').day(day, now)).toBe('6 de dezembro');
    // English text for a French user: the day is in English too.
    expect(createTranslator('fr-FR').day(day, now)).toBe('December 6');
    expect(createTranslator('en-GB').day(new Date(2027, 0, 2).getTime(), now)).toBe(
      '2 January 2027',
    );
  });
});

describe('the speed limit', () => {
  it('shows a stored limit that is not offered, instead of a wrong one', () => {
    expect(uploadLimits(null)).toHaveLength(8);
    expect(uploadLimits(5_000_000)).toHaveLength(8);
    expect(uploadLimits(3_000_000).slice(0, 4)).toEqual([500_000, 1_000_000, 2_000_000, 3_000_000]);
  });
});
