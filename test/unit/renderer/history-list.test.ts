import { describe, expect, it } from 'vitest';
import type { HistoryFilter, HistoryJob, HistoryPage, RequestOf } from '../../../preload/contract';
import { ANY_JOB, toHistoryFilter } from '../../../renderer/src/state/history-filter';
import { createHistoryList } from '../../../renderer/src/state/history-list';
import { sampleHistoryJob } from '../../builders/history-job';

type Request = RequestOf<'history.search'>;

function job(number: number, part: Partial<HistoryJob> = {}): HistoryJob {
  return sampleHistoryJob({
    id: `job ${number}`,
    remoteId: `exc_${number}`,
    startedAtMs: number,
    endedAtMs: number + 1,
    ...part,
  });
}

const jobs = (from: number, to: number) =>
  Array.from({ length: from - to + 1 }, (_, index) => job(from - index));

/** A main process that stores jobs, latest first, and answers when the test lets it. */
function fakeMain(stored: HistoryJob[]) {
  const waiting: { request: Request; answer: (page: HistoryPage | null) => void }[] = [];
  const main = {
    stored,
    requests: [] as Request[],
    search: (request: Request) =>
      new Promise<HistoryPage | null>((answer) => {
        main.requests.push(request);
        waiting.push({ request, answer });
      }),
    pageFor({ filter, after, limit }: Request): HistoryPage {
      const fitting = main.stored.filter(({ remoteId }) => remoteId.includes(filter.text));
      const first = after === null ? 0 : fitting.findIndex(({ id }) => id === after) + 1;
      const page = fitting.slice(first, first + limit);
      const isEnd = first + limit >= fitting.length;
      return {
        jobs: structuredClone(page),
        next: isEnd ? null : (page.at(-1)?.id ?? null),
        matches: { count: fitting.length, isMore: false },
      };
    },
    /** Answers the oldest request, or the one at that index; null for a failure. */
    async answer(index = 0, failed = false) {
      const [call] = waiting.splice(index, 1);
      if (!call) throw new Error('nothing was asked');
      call.answer(failed ? null : main.pageFor(call.request));
      await new Promise((done) => setImmediate(done));
    },
  };
  return main;
}

const filter = (text = ''): HistoryFilter => toHistoryFilter({ ...ANY_JOB, text }, 0);

async function opened(stored: HistoryJob[]) {
  const main = fakeMain(stored);
  const list = createHistoryList(main.search);
  void list.find(filter());
  await main.answer();
  const ids = () => list.state.get().jobs?.map(({ id }) => id);
  return { main, list, ids };
}

const never = () => false;
const always = () => true;

describe('the history in a window', () => {
  it('shows what was requested last, whichever answer comes last', async () => {
    const { main, list, ids } = await opened([job(2), job(1)]);
    void list.find(filter('exc_1'));
    void list.find(filter('exc_2'));
    await main.answer(1);
    expect(ids()).toEqual(['job 2']);
    await main.answer();
    expect(ids()).toEqual(['job 2']);
    expect(list.state.get().found?.matches.count).toBe(1);
  });

  it('comes page by page to its end, with no job missing or repeated', async () => {
    const { main, list, ids } = await opened(jobs(120, 1));
    for (let page = 0; page < 2; page += 1) {
      void list.more();
      void list.more();
      await main.answer();
    }
    await list.more();
    expect(main.requests).toHaveLength(3);
    expect(ids()).toEqual(jobs(120, 1).map(({ id }) => id));
  });

  it('drops the next page of a search that is over', async () => {
    const { main, list, ids } = await opened(jobs(120, 1));
    void list.more();
    void list.find(filter('exc_120'));
    await main.answer(1);
    await main.answer();
    expect(ids()).toEqual(['job 120']);
    expect(list.state.get().isLoadingMore).toBe(false);
  });

  it('says that a job has ended without moving what is being read', async () => {
    const running = job(2, { phase: 'running', remoteStatus: 'running', endedAtMs: null });
    const { main, list, ids } = await opened([running, job(1)]);
    const [, untouched] = list.state.get().jobs ?? [];
    main.stored = [job(3), job(2), job(1)];
    void list.refresh(filter(), never);
    await main.answer();
    expect(ids()).toEqual(['job 2', 'job 1']);
    expect(list.state.get().jobs?.[0]?.phase).toBe('done');
    expect(list.state.get().jobs?.[1]).toBe(untouched);
    list.showWaiting();
    expect(ids()).toEqual(['job 3', 'job 2', 'job 1']);
    expect(list.state.get().waiting).toBeNull();
  });

  it('lets new jobs in at once while nobody reads', async () => {
    const { main, list, ids } = await opened([job(1)]);
    main.stored = [job(2), job(1)];
    void list.refresh(filter(), always);
    await main.answer();
    expect(ids()).toEqual(['job 2', 'job 1']);
    expect(list.state.get().matches.count).toBe(2);
  });

  it('keeps the pages that were loaded when something new comes on top', async () => {
    const { main, list, ids } = await opened(jobs(400, 1));
    for (let page = 0; page < 4; page += 1) {
      void list.more();
      await main.answer();
    }
    main.stored = jobs(402, 1);
    void list.refresh(filter(), always);
    await main.answer();
    expect(main.requests.at(-1)?.limit).toBe(200);
    expect(ids()).toEqual(jobs(402, 151).map(({ id }) => id));
    void list.more();
    await main.answer();
    expect(ids()).toEqual(jobs(402, 101).map(({ id }) => id));
  });

  it('starts over when more has come than one answer holds, rather than with a gap', async () => {
    const { main, list, ids } = await opened(jobs(50, 1));
    main.stored = jobs(400, 1);
    void list.refresh(filter(), always);
    await main.answer();
    expect(ids()).toEqual(jobs(400, 351).map(({ id }) => id));
    void list.more();
    await main.answer();
    expect(ids()).toEqual(jobs(400, 301).map(({ id }) => id));
  });

  it('removes what was deleted', async () => {
    const { main, list, ids } = await opened([job(3), job(2), job(1)]);
    main.stored = [job(3)];
    void list.refresh(filter(), always);
    await main.answer();
    expect(ids()).toEqual(['job 3']);
  });

  it('says when it could not be read, and keeps what is there when only a refresh failed', async () => {
    const { main, list, ids } = await opened([job(1)]);
    void list.refresh(filter(), always);
    await main.answer(0, true);
    expect(ids()).toEqual(['job 1']);
    void list.find(filter('x'));
    await main.answer(0, true);
    expect(list.state.get()).toMatchObject({ jobs: null, hasFailed: true });
    void list.find(filter());
    await main.answer();
    expect(list.state.get().hasFailed).toBe(false);
    expect(ids()).toEqual(['job 1']);
  });
});
