import { describe, expect, it } from 'vitest';
import type { UploadEvent, UploadLog, UploadStep } from '../../../preload/contract';
import { createTranslator } from '../../../preload/messages';
import { entryText, toEntries } from '../../../renderer/src/views/upload-log/log-entries';
import { summarizeParts } from '../../../renderer/src/views/upload-log/part-summary';

const NOW_MS = new Date(2026, 10, 22, 15, 0).getTime();

function waited(partNumber: number | null, part: Partial<{ step: UploadStep }> = {}): UploadEvent {
  return { kind: 'waited', step: 'part', partNumber, problem: 'timed-out', waitMs: 1_500, ...part };
}

const STEPS = {
  opening: true,
  signing: true,
  part: true,
  completing: true,
  'giving-up': true,
  file: true,
} satisfies Record<UploadStep, true>;

const EVENTS = {
  added: [{ kind: 'added' }],
  opened: [{ kind: 'opened', partSizeBytes: 5_242_880, partCount: 12 }],
  started: [
    { kind: 'started', missingParts: 12 },
    { kind: 'started', missingParts: 0 },
  ],
  waited: [
    waited(null),
    ...Object.keys(STEPS).map((step) => waited(3, { step: step as UploadStep })),
  ],
  'signed-again': [{ kind: 'signed-again', partNumber: 3 }],
  paused: [{ kind: 'paused' }],
  resumed: [{ kind: 'resumed' }],
  retried: [{ kind: 'retried' }],
  'started-over': [{ kind: 'started-over' }],
  cancelled: [{ kind: 'cancelled' }],
  'given-up': [{ kind: 'given-up' }],
  expired: [{ kind: 'expired' }],
  compared: [{ kind: 'compared', keptParts: 11, changedParts: 1 }],
  grown: [{ kind: 'grown' }],
  'changed-since': [{ kind: 'changed-since' }],
  completing: [{ kind: 'completing', partCount: 12 }],
  sent: [{ kind: 'sent' }],
  checksum: [{ kind: 'checksum', sha256Hex: 'ab'.repeat(32) }],
  failed: [{ kind: 'failed', problem: 'storage-refused' }],
} satisfies Record<UploadEvent['kind'], UploadEvent[]>;

const at = (event: UploadEvent, seconds: number) => ({ atMs: NOW_MS + seconds * 1000, event });

describe('the timeline of an upload', () => {
  it.each(['en-GB', 'pt-BR'])('has words for every step in %s', (locale) => {
    const t = createTranslator(locale);
    const texts = Object.values(EVENTS)
      .flat()
      .map((event) => {
        const [entry] = toEntries([at(event, 0)]);
        if (!entry) throw new Error('no entry');
        return entryText(t, 'Autoposting', entry, NOW_MS);
      });
    for (const { title, note } of texts) {
      expect.soft(title).not.toMatch(/^log\.|[{}]|undefined/);
      expect.soft(note ?? '').not.toMatch(/problem\.|[{}]|undefined/);
    }
    expect(new Set(texts.map(({ title }) => title)).size).toBe(texts.length);
  });

  it('merges a night without a network into one entry', () => {
    const tries = Array.from({ length: 1_000 }, (_, index) => at(waited(index % 3), index));
    const entries = toEntries([at({ kind: 'added' }, 0), ...tries, at({ kind: 'sent' }, 2_000)]);
    expect(entries).toHaveLength(3);
    const [, night] = entries;
    if (!night) throw new Error('no entry');
    const t = createTranslator('en-GB');
    expect(entryText(t, 'Autoposting', night, NOW_MS)).toEqual({
      title: 'Parts have to be sent again',
      note: expect.stringMatching(
        /^Autoposting did not answer in time\. 1,000 times until .*25 min/,
      ),
    });
  });

  it('keeps entries with different reasons apart', () => {
    const entries = toEntries([
      at(waited(1), 0),
      at(waited(1, { step: 'signing' }), 1),
      at({ kind: 'paused' }, 2),
      at({ kind: 'paused' }, 3),
    ]);
    expect(entries).toHaveLength(4);
  });

  it('names the part when all tries were about one', () => {
    const [entry] = toEntries([at(waited(7), 0), at(waited(7), 1)]);
    if (!entry) throw new Error('no entry');
    const { title, note } = entryText(createTranslator('en-GB'), 'Autoposting', entry, NOW_MS);
    expect(title).toBe('Part 7 has to be sent again');
    expect(note).toMatch(/2 times until .*, 3 sec/);
  });
});

describe('the parts of an upload', () => {
  const part = (partNumber: number, tookMs: number, tries = 1): UploadLog['parts'][number] => ({
    partNumber,
    sizeBytes: 1,
    sentAtMs: 0,
    tookMs,
    tries,
    md5Hex: '',
  });

  it('are summarized without being changed', () => {
    const parts = [part(1, 900), part(2, 100, 3), part(3, 200), part(4, 400, 2)];
    expect(summarizeParts(parts)).toEqual({
      sentCount: 4,
      againCount: 2,
      slowestMs: 900,
      medianMs: 300,
    });
    expect(parts.map(({ partNumber }) => partNumber)).toEqual([1, 2, 3, 4]);
    expect(summarizeParts(parts.slice(0, 3)).medianMs).toBe(200);
  });

  it('have no figures while none has arrived', () => {
    expect(summarizeParts([])).toEqual({
      sentCount: 0,
      againCount: 0,
      slowestMs: null,
      medianMs: null,
    });
  });
});
