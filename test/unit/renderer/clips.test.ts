import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AccountView, ClipRecord, PublishBrand } from '../../../preload/contract';
import {
  comesTwice,
  EMPTY_DRAFT,
  offeredBrand,
  postTiming,
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

describe('the list of upload targets', () => {
  const names = (accounts: AccountView[], last: Record<string, string> = {}) =>
    uploadTargets(accounts, last).map((place) => `${place.account.id} ${place.brand?.id ?? '-'}`);

  it('is one target for an account with one brand', () => {
    expect(names([account('a', ['b1'])])).toEqual(['a -']);
  });
  it('starts with the brand of the last upload, else with that of the account', () => {
    const several = account('a', ['b1', 'b2', 'b3'], 'b2');
    expect(names([several])).toEqual(['a b2', 'a b1', 'a b3']);
    expect(names([several], { a: 'b3' })).toEqual(['a b3', 'a b1', 'a b2']);
  });
  it('keeps the other brands when the remembered one is gone', () => {
    expect(names([account('a', ['b1', 'b2'])], { a: 'gone' })).toEqual(['a b1', 'a b2']);
  });
});

describe('a post as it is filled in', () => {
  it('takes each typed platform once, trimmed', () => {
    expect(typedPlatforms(' tiktok, youtube;tiktok,, x ')).toEqual(['tiktok', 'youtube', 'x']);
  });
  it('offers the platforms of the brand that will be posted to', () => {
    const brands = [brand('b1', 'one'), brand('b2', 'two')];
    const none = { id: null, slug: null };
    expect(offeredBrand(brands, 'two', { id: 'b1', slug: null })?.id).toBe('b2');
    expect(offeredBrand(brands, null, { id: 'b1', slug: null })?.id).toBe('b1');
    expect(offeredBrand(brands, null, none)).toBeNull();
    expect(offeredBrand([brand('b1', 'one')], null, none)?.id).toBe('b1');
  });
  it('never sends a time that is missing or past', () => {
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

describe('a scheduled time where clocks change', () => {
  const before = process.env.TZ;
  const inZone = (zone: string) => {
    process.env.TZ = zone;
  };
  beforeEach(() => inZone('America/New_York'));
  afterEach(() => {
    if (before === undefined) delete process.env.TZ;
    else process.env.TZ = before;
  });
  const utc = (text: string) => Date.parse(text);

  it('is not moved to another hour without a word where clocks skip it', () => {
    expect(scheduledTime('2026-03-08T02:30', 0)).toEqual({ problem: 'skipped' });
    expect(scheduledTime('2026-03-08T03:00', 0)).toEqual({ atMs: utc('2026-03-08T07:00:00Z') });
  });

  it('is the first of two, or the second once the first has passed', () => {
    const [first, second] = [utc('2026-11-01T05:30:00Z'), utc('2026-11-01T06:30:00Z')];
    expect(scheduledTime('2026-11-01T01:30', 0)).toEqual({ atMs: first });
    expect(scheduledTime('2026-11-01T01:30', first)).toEqual({ atMs: second });
    expect(scheduledTime('2026-11-01T01:30', second)).toEqual({ problem: 'past' });
    expect([first, second, second + 3_600_000].map(comesTwice)).toEqual([true, true, false]);
  });

  it('holds where clocks change by half an hour, or far from Greenwich', () => {
    inZone('Australia/Lord_Howe');
    expect(scheduledTime('2026-10-04T02:15', 0)).toEqual({ problem: 'skipped' });
    expect(comesTwice(utc('2026-04-04T14:45:00Z'))).toBe(true);
    inZone('Pacific/Kiritimati');
    expect(scheduledTime('2026-05-01T00:05', 0)).toEqual({ atMs: utc('2026-04-30T10:05:00Z') });
  });

  it('is missing where the field was cleared, and none is sent with a post that has no time', () => {
    const draft = { ...EMPTY_DRAFT, scheduledAt: '2030-01-01T00:00' };
    expect(postTiming(draft, 0)).toEqual({ mode: 'publish', scheduledAtMs: null });
    expect(postTiming({ ...draft, mode: 'draft' }, 0)).toEqual({
      mode: 'draft',
      scheduledAtMs: null,
    });
    const cleared = { ...draft, mode: 'schedule' as const, scheduledAt: '' };
    expect(postTiming(cleared, 0)).toEqual({ problem: 'missing' });
    expect(scheduledTime('12026-01-01T00:00', 0)).toEqual({ problem: 'missing' });
  });
});

describe('a list of clips that moves while it is read', () => {
  it('shows no clip twice', () => {
    const clip = (id: string) => ({ id }) as ClipRecord;
    const page = { clips: [clip('b'), clip('c')], totalCount: null, next: null };
    expect(appendPage([clip('a'), clip('b')], page).map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  });
});

describe('the credit check of several parts', () => {
  it('shows equal answers once', () => {
    const enough = { value: { verdict: 'enough' as const, facts: [], remoteText: null } };
    const failed = { problem: 'scope-missing' as const, remoteText: null };
    expect(groupAnswers([enough, failed, enough]).map(({ count }) => count)).toEqual([2, 1]);
  });
});
