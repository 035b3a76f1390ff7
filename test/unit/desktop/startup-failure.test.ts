import { describe, expect, it, vi } from 'vitest';
import { retryUntilOpen } from '../../../main/desktop/start/retry-start';
import { startupFailureText } from '../../../main/desktop/start/startup-failure-text';
import { STORAGE_PROBLEMS, StorageError } from '../../../main/domain/storage-error';
import { createTranslator } from '../../../preload/messages';
import { FakeClock, settle } from '../polling/fakes';

const facts = { folder: '/home/ana/data', log: '/home/ana/data/logs/main.log', version: '1.0.0' };
const FULL = new StorageError('full', 'database or disk is full', { code: 'SQLITE_FULL' });

describe.each(['en', 'pt-BR'])('in %s', (locale) => {
  const t = createTranslator(locale);
  const text = (error: unknown) => startupFailureText(error, facts, t);

  it.each([
    ...STORAGE_PROBLEMS.filter((problem) => problem !== 'damaged').map(
      (problem) => new StorageError(problem, 'text'),
    ),
    new StorageError('full', 'text', { during: 'backup' }),
    new StorageError('full', 'text', { during: 'migration' }),
    new StorageError('newer', 'text', { writtenBy: '2.4.0' }),
    new StorageError('newer', 'text'),
    new StorageError('other', 'text', { during: 'migration', copy: '/home/ana/copy.db' }),
    new StorageError('other', 'text'),
    new TypeError('text'),
  ])('a start that fails for "%s" does not make the user lose the data', (error) => {
    expect(text(error)).not.toMatch(/move cliptray|tire |empty list|lista vazia/i);
    expect(text(error)).toMatch(/kept|nothing|nada|guardad/i);
  });

  it('a damaged file may be moved away, and what that loses is said', () => {
    expect(text(new StorageError('damaged', 'text'))).toMatch(/accounts again|contas de novo/);
  });

  it('a copy of a damaged file comes before an empty list', () => {
    const damaged = text(new StorageError('damaged', 'text', { copy: '/home/ana/copy.db' }));
    expect(damaged).toContain('/home/ana/copy.db');
    expect(damaged).not.toMatch(/empty list|lista vazia/);
  });

  it('a newer version is named if it is known', () => {
    expect(text(new StorageError('newer', 'text', { writtenBy: '2.4.0' }))).toContain('2.4.0');
    expect(text(new StorageError('newer', 'text'))).not.toMatch(/unknown|null/);
  });

  it('the copy from before a failed migration is named', () => {
    const failed = new StorageError('other', 'text', { during: 'migration', copy: '/copy.db' });
    expect(text(failed)).toContain('/copy.db');
  });
});

describe('a start with a full disk', () => {
  function start(outcomes: (Error | string)[]) {
    const clock = new FakeClock();
    const open = vi.fn(() => {
      const next = outcomes.length > 1 ? outcomes.shift() : outcomes[0];
      if (next instanceof Error) throw next;
      return next;
    });
    const dialogs: { error: unknown; closed: AbortSignal; answer: (again: boolean) => void }[] = [];
    const ask = (error: unknown, closed: AbortSignal) =>
      new Promise<boolean>((answer) => {
        // A dialog that is closed by its signal may not answer for a long time.
        dialogs.push({ error, closed, answer });
      });
    return { clock, open, dialogs, done: retryUntilOpen(open, { clock, ask }) };
  }

  it('asks nothing when all is well', async () => {
    const { done, dialogs } = start(['opened']);
    expect(await done).toBe('opened');
    expect(dialogs).toEqual([]);
  });

  it('goes on by itself once there is space, and closes what it said', async () => {
    const { done, clock, dialogs } = start([FULL, FULL, FULL, 'opened']);
    await clock.advance(60_000);
    expect(await done).toBe('opened');
    expect(dialogs).toHaveLength(1);
    expect(dialogs[0]?.closed.aborted).toBe(true);
  });

  it('tries at once when the user says so, and says again what is wrong', async () => {
    const { done, dialogs } = start([FULL, FULL, 'opened']);
    await settle();
    dialogs[0]?.answer(true);
    await settle();
    dialogs[1]?.answer(true);
    expect(await done).toBe('opened');
  });

  it('says what is wrong now when that has changed', async () => {
    const busy = new StorageError('busy', 'locked');
    const { done, clock, dialogs } = start([FULL, busy, 'opened']);
    await clock.advance(3_000);
    expect(dialogs.map(({ error }) => error)).toEqual([FULL, busy]);
    await clock.advance(60_000);
    expect(await done).toBe('opened');
  });

  it('ends when the user does not want to wait', async () => {
    const { done, clock, open, dialogs } = start([FULL]);
    await settle();
    dialogs[0]?.answer(false);
    expect(await done).toBeNull();
    const tries = open.mock.calls.length;
    await clock.advance(600_000);
    expect(open).toHaveBeenCalledTimes(tries);
  });

  it.each([
    new StorageError('damaged', 'text'),
    new StorageError('newer', 'text'),
    new StorageError('other', 'text'),
    new TypeError('text'),
  ])('does not wait for what does not pass: %s', async (error) => {
    const { done, dialogs } = start([error]);
    await expect(done).rejects.toBe(error);
    expect(dialogs).toEqual([]);
  });

  it('tries ever more rarely, since each try may take a while', async () => {
    const { clock, open, dialogs } = start([FULL]);
    await clock.advance(10 * 60_000);
    expect(open.mock.calls.length).toBeLessThan(18);
    expect(dialogs).toHaveLength(1);
  });
});
