import { describe, expect, it, vi } from 'vitest';
import { createChangeFeed } from '../../main/events';

describe('the change feed', () => {
  it('notifies every listener of a change, in the order in which they began to listen', () => {
    const feed = createChangeFeed({ error: vi.fn() });
    const heard: string[] = [];
    feed.on('jobs', ({ accountId }) => heard.push(`first ${accountId}`));
    feed.on('jobs', ({ accountId }) => heard.push(`second ${accountId}`));
    feed.on('accounts', () => heard.push('another change'));
    feed.emit('jobs', { accountId: 'a' });
    expect(heard).toEqual(['first a', 'second a']);
  });

  it('goes on past a listener that throws, and logs which change it was', () => {
    const error = vi.fn();
    const feed = createChangeFeed({ error });
    const after = vi.fn();
    feed.on('outbox', () => {
      throw new Error('defect');
    });
    feed.on('outbox', after);
    feed.emit('outbox', null);
    expect(after).toHaveBeenCalledOnce();
    expect(error).toHaveBeenCalledWith('listener failed', { change: 'outbox', reason: 'defect' });
  });

  it('does not call a listener any more that has unsubscribed', () => {
    const feed = createChangeFeed({ error: vi.fn() });
    const listener = vi.fn();
    const end = feed.on('balance', listener);
    end();
    feed.emit('balance', { accountId: 'a' });
    expect(listener).not.toHaveBeenCalled();
  });
});
