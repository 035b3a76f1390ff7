import { describe, expect, it } from 'vitest';
import type { AccountView, ClipRecord, PublishBrand } from '../../../preload/contract';
import {
  offeredBrand,
  scheduledTime,
  typedPlatforms,
} from '../../../renderer/src/state/publish-draft';
import { uploadTargets } from '../../../renderer/src/state/upload-targets';
import { appendPage } from '../../../renderer/src/views/clips/use-clip-pages';
import { groupAnswers } from '../../../renderer/src/views/clips/use-credit-check';
import { sampleAccountView } from '../../builders/app-state';

const account = (id: string, brands: string[], brandId: string | null = null) =>
  sampleAccountView({ id, brands: brands.map((brand) => ({ id: brand, name: brand })), brandId });
const brand = (id: string, slug: string): PublishBrand => ({ id, slug, name: id, platforms: [] });

describe('where an upload can go', () => {
  const names = (accounts: AccountView[], last: Record<string, string> = {}) =>
    uploadTargets(accounts, last).map(
      (target) => `${target.account.id} ${target.brand?.id ?? '-'}`,
    );

  it('nobody is asked for the brand of an account that has only one', () => {
    expect(names([account('a', ['b1'])])).toEqual(['a -']);
  });
  it('the brand of the last upload comes first, then that of the account', () => {
    const several = account('a', ['b1', 'b2', 'b3'], 'b2');
    expect(names([several])).toEqual(['a b2', 'a b1', 'a b3']);
    expect(names([several], { a: 'b3' })).toEqual(['a b3', 'a b1', 'a b2']);
  });
  it('a remembered brand that is gone does not hide the others', () => {
    expect(names([account('a', ['b1', 'b2'])], { a: 'gone' })).toEqual(['a b1', 'a b2']);
  });
});

describe('what is filled in of a post', () => {
  it('typed platforms are used once each, without the characters around them', () => {
    expect(typedPlatforms(' tiktok, youtube;tiktok,, x ')).toEqual(['tiktok', 'youtube', 'x']);
  });
  it('the platforms offered are those of the brand that will be posted to', () => {
    const brands = [brand('b1', 'one'), brand('b2', 'two')];
    const none = { id: null, slug: null };
    expect(offeredBrand(brands, 'two', { id: 'b1', slug: null })?.id).toBe('b2');
    expect(offeredBrand(brands, null, { id: 'b1', slug: null })?.id).toBe('b1');
    expect(offeredBrand(brands, null, none)).toBeNull();
    expect(offeredBrand([brand('b1', 'one')], null, none)?.id).toBe('b1');
  });
  it('a time that is missing or past is not sent', () => {
    expect(scheduledTime('', 0)).toEqual({ problem: 'missing' });
    expect(scheduledTime('nonsense', 0)).toEqual({ problem: 'missing' });
    expect(scheduledTime('2020-01-01T00:00', Date.parse('2024-01-01'))).toEqual({
      problem: 'past',
    });
    expect(scheduledTime('2030-01-01T00:00', 0)).toEqual({
      atMs: new Date('2030-01-01T00:00').getTime(),
    });
  });
});

describe('a list of clips that shifts while it is read', () => {
  it('shows no clip twice', () => {
    const clip = (id: string) => ({ id }) as ClipRecord;
    const page = { clips: [clip('b'), clip('c')], totalCount: null, next: null };
    expect(appendPage([clip('a'), clip('b')], page).map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  });
});

describe('what is said about the credit for several parts', () => {
  it('is said once where it is the same', () => {
    const enough = { value: { verdict: 'enough' as const, facts: [], remoteText: null } };
    const failed = { problem: 'scope-missing' as const, remoteText: null };
    expect(groupAnswers([enough, failed, enough]).map(({ count }) => count)).toEqual([2, 1]);
  });
});
