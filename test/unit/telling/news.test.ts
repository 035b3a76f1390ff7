import { expect, it } from 'vitest';
import type { Account } from '../../../main/domain/account';
import type { Job, Notice } from '../../../main/domain/job';
import type { OutboxNotice } from '../../../main/domain/notice';
import { TELL_EVERYTHING, type TellRules } from '../../../main/domain/tell-rules';
import type { Upload } from '../../../main/domain/upload';
import { newsOf } from '../../../main/telling/news';
import { tellPermission } from '../../../main/telling/permission';
import { observation } from '../watch/fakes';

const job = {
  ...observation(),
  ...{ id: 'a1/execution/exc_1', accountId: 'a1', clipId: 'c1' },
} as Job;
const upload = { id: 'u1', accountId: 'a1', clipId: 'c1', state: 'failed' } as Upload;

function news(
  notice: Partial<OutboxNotice>,
  about: { job?: Partial<Job>; upload?: Partial<Upload>; kinds?: Partial<TellRules['kinds']> } = {},
) {
  const kinds = { ...TELL_EVERYTHING.kinds, ...about.kinds };
  const found = { ...upload, ...about.upload };
  return newsOf(
    {
      job: () => ({ ...job, ...about.job }),
      upload: () => found,
      uploads: () => [found],
      account: (id) => (id === 'a1' ? ({ telling: { kinds, sound: false } } as Account) : null),
    },
    { id: 'n', workId: 'w', createdAtMs: 0, state: 'pending', ...notice } as OutboxNotice,
  );
}
const ended = (outcome: Notice['outcome']) => ({ jobId: job.id, outcome });
const stopped = { uploadId: 'u1', outcome: 'stopped' } as const;

it('the rule of its account and kind decides what is told', () => {
  expect(news(ended('done'))).toMatchObject({ sound: false });
  expect(news(ended('done'), { kinds: { execution: 'failures' } })).toBeNull();
  expect(news(ended('failed'), { kinds: { execution: 'failures' } })).not.toBeNull();
  expect(news(ended('gone'), { kinds: { execution: 'nothing' } })).toBeNull();
  expect(
    news(ended('done'), { kinds: { render: 'nothing', processing: 'nothing' } }),
  ).not.toBeNull();
  const render = { kind: 'render' } as const;
  expect(news(ended('done'), { job: render, kinds: { render: 'nothing' } })).toBeNull();
});

it('what belongs to a removed account is not told', () => {
  expect(news(ended('done'), { job: { accountId: 'removed' } })).toBeNull();
});

it('a clip that ends because its upload was cancelled here is not told', () => {
  const clip = { kind: 'processing' } as const;
  expect(news(ended('gone'), { job: clip, upload: { state: 'cancelled' } })).toBeNull();
  expect(
    news(ended('gone'), { job: { ...clip, clipId: 'c2' }, upload: { state: 'cancelled' } }),
  ).not.toBeNull();
});

it('an upload that stopped is told unless it goes on again or nobody wants it', () => {
  expect(news(stopped)).not.toBeNull();
  expect(news(stopped, { kinds: { processing: 'failures' } })).not.toBeNull();
  expect(news(stopped, { kinds: { processing: 'nothing' } })).toBeNull();
  expect(news(stopped, { upload: { state: 'sending' } })).toBeNull();
});

it('quiet hours, the desktop’s wish if it counts, and gathering each hold everything', () => {
  const noon = new Date(2026, 6, 1, 12).getTime();
  const ask = (changes: { quiet?: boolean; follow?: boolean; dnd?: boolean; gathers?: boolean }) =>
    tellPermission({
      isGathering: () => changes.gathers ?? false,
      settings: () => ({
        quietHours: changes.quiet ? { fromMinute: 11 * 60, toMinute: 13 * 60 } : null,
        followDoNotDisturb: changes.follow ?? true,
      }),
      doNotDisturb: () => changes.dnd ?? false,
      nowMs: () => noon,
    });
  expect(ask({})).toEqual({ now: true });
  expect(ask({ quiet: true })).toEqual({ now: false, why: 'quiet', untilMs: noon + 60 * 60_000 });
  expect(ask({ dnd: true })).toEqual({ now: false, why: 'quiet', untilMs: null });
  expect(ask({ dnd: true, follow: false })).toEqual({ now: true });
  expect(ask({ gathers: true })).toEqual({ now: false, why: 'gathering', untilMs: null });
});
