import { describe, expect, it } from 'vitest';
import type { ExecutionDocument } from '../../../main/domain/execution';
import type { Job } from '../../../main/domain/job';
import { documentsOf } from '../../../main/executions/reader';

const NOW_MS = 1_800_000_000_000;

describe('the documents of an execution', () => {
  const document = (id: string, changes: Partial<ExecutionDocument>): ExecutionDocument => ({
    ...{ id, title: null, kind: null, itemId: null, reporterId: null, executionId: null },
    ...{ createdAtMs: null, content: null, link: null },
    ...changes,
  });
  const job = { remoteId: 'exc_1', createdAtMs: NOW_MS, firstSeenAtMs: NOW_MS } as Job;

  it('are those that the service links to it, and then no others', () => {
    const mine = document('d1', { executionId: 'exc_1' });
    const found = documentsOf(job, [mine, document('d2', { createdAtMs: NOW_MS + 1 })]);
    expect(found).toEqual({ documents: [mine], certain: true });
  });

  it('are otherwise those made since it began, not those of another execution or of an earlier day', () => {
    const since = document('d1', { createdAtMs: NOW_MS + 60_000 });
    const before = document('d2', { createdAtMs: NOW_MS - 86_400_000 });
    const other = document('d3', { executionId: 'exc_2', createdAtMs: NOW_MS + 1 });
    expect(documentsOf(job, [since, before, other])).toEqual({
      documents: [since],
      certain: false,
    });
  });
});
