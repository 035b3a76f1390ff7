import { fireEvent, screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import type { PostOutcome, PublishBrand } from '../../../preload/contract';
import { toLocalField } from '../../../renderer/src/state/publish-draft';
import type { PostSubject } from '../../../renderer/src/state/window-state';
import { sampleAccountView, sampleAppState } from '../../builders/app-state';
import { sampleClipRecord } from '../../builders/clip-record';
import type { Answers } from '../fake-main';
import { button, buttonOrNull, fill, openDialog, type Rendered, t } from '../render';

const service = 'Autoposting';
const state = sampleAppState({ accounts: [sampleAccountView()] });
const subject: PostSubject = {
  accountId: 'a1',
  clipId: 'c1',
  jobId: 'r1',
  candidateId: 'k1',
  title: 'The best part',
};
const made: PostOutcome = {
  outcome: 'made',
  post: { postId: 'p1', remoteStatus: 'in_review', link: null },
};
const unsure: PostOutcome = { outcome: 'unsure', problem: 'timed-out' };
const refused: PostOutcome = { outcome: 'refused', problem: 'conflict', remoteText: 'duplicate' };

describe('the dialog to make a draft', () => {
  const open = (answers: Answers = {}, about = subject) =>
    openDialog({ kind: 'make-draft', subject: about }, { state, answers });
  const confirm = () => button(t.text('draft.confirm'));

  it('sends nothing before it is confirmed, and says that a draft is not public', async () => {
    const rendered = await open();
    expect(screen.getByText(t.text('draft.text', { service }))).toBeTruthy();
    expect(rendered.requests('post.createDraft')).toEqual([]);
  });

  it('says that another render may be taken where the part is not known', async () => {
    await open({}, { ...subject, candidateId: null });
    expect(screen.getByText(t.text('publish.anyRender', { service }))).toBeTruthy();
  });

  it('sends it once however often it is pressed', async () => {
    const rendered = await open();
    await rendered.user.click(confirm());
    await rendered.user.click(confirm());
    expect(rendered.requests('post.createDraft')).toEqual([
      { accountId: 'a1', clipId: 'c1', candidateId: 'k1', aspectRatio: null },
    ]);
  });

  it('shows what the service made of it, and offers no second one', async () => {
    const rendered = await open({ 'post.createDraft': made });
    await rendered.user.click(confirm());
    expect(screen.getByRole('alert').textContent).toContain(t.text('post.made.draft', { service }));
    expect(screen.getByText('p1')).toBeTruthy();
    expect(buttonOrNull(t.text('draft.confirm'))).toBeNull();
  });

  it('says that it may be there when no clear answer came, and offers no second one', async () => {
    const rendered = await open({ 'post.createDraft': unsure });
    await rendered.user.click(confirm());
    expect(screen.getByRole('alert').textContent).toContain(t.text('post.unsure', { service }));
    expect(buttonOrNull(t.text('draft.confirm'))).toBeNull();
  });

  it('says why nothing was made, and lets it be tried again', async () => {
    const rendered = await open({ 'post.createDraft': refused });
    await rendered.user.click(confirm());
    const alert = screen.getByRole('alert');
    expect(alert.textContent).toContain(t.text('post.refused'));
    expect(alert.textContent).toContain('duplicate');
    expect(confirm()).toBeTruthy();
  });
});

describe('the dialog to publish', () => {
  const brand: PublishBrand = {
    id: 'b1',
    slug: 'acme',
    name: 'Acme',
    platforms: [
      { name: 'tiktok', connected: true },
      { name: 'youtube', connected: false },
    ],
  };
  const read: Answers = {
    'post.brands': { value: [brand] },
    'clip.read': { value: sampleClipRecord() },
  };
  const open = (answers: Answers = read, window = {}) =>
    openDialog({ kind: 'publish', subject }, { state, answers, window });
  const next = () => button(t.text('publish.next'));
  const confirm = () => button(t.text('publish.confirm.publish'));

  async function publish(rendered: Rendered): Promise<void> {
    await rendered.user.click(next());
    await rendered.user.click(confirm());
  }

  it('says that the platforms are being read, and offers nothing to send yet', async () => {
    await open({});
    expect(screen.getByText(t.text('publish.loading', { service }))).toBeTruthy();
    expect(buttonOrNull(t.text('publish.next'))).toBeNull();
  });

  it('lets platforms be typed where they could not be read', async () => {
    const failure = { problem: 'service-fault', remoteText: null } as const;
    const rendered = await open({ 'post.brands': failure, 'clip.read': failure });
    const field = screen.getByRole('textbox', { name: t.text('publish.platforms') });
    await fill(rendered, field, 'tiktok, youtube, tiktok');
    await publish(rendered);
    expect(rendered.requests('post.publish')).toMatchObject([{ platforms: ['tiktok', 'youtube'] }]);
  });

  it('offers no platform that is not connected', async () => {
    await open();
    const names = screen.getAllByRole('checkbox');
    expect(names.map((box) => (box as HTMLInputElement).disabled)).toEqual([false, true]);
  });

  it('offers no connection that is over, although the service calls it connected, and says so', async () => {
    const expiresAtMs = Date.now() - 1;
    const over = { name: 'tiktok', connected: true, expiresAtMs, refreshError: 'token revoked' };
    const renewed = { name: 'x', connected: true, expiresAtMs };
    const rendered = await open();
    await rendered.user.click(screen.getByRole('checkbox', { name: /^tiktok/ }));
    await rendered.answer('post.connections', { value: [over, renewed] });
    const boxes = screen.getAllByRole('checkbox') as HTMLInputElement[];
    expect(boxes.map(({ disabled, checked }) => [disabled, checked])).toEqual([
      [true, false],
      [true, false],
      [false, false],
    ]);
    expect(screen.getByText(t.text('publish.connectionOver'))).toBeTruthy();
    await rendered.user.click(next());
    const platforms = 'tiktok';
    expect(screen.getByText(t.text('publish.over', { service, platforms }))).toBeTruthy();
    await rendered.user.click(confirm());
    expect(rendered.requests('post.publish')).toMatchObject([{ platforms: [] }]);
  });

  it('says that it will be public before anything is sent, and can go back', async () => {
    const rendered = await open();
    await rendered.user.click(next());
    expect(screen.getByText(t.text('publish.warning.publish'))).toBeTruthy();
    expect(rendered.requests('post.publish')).toEqual([]);
    await rendered.user.click(button(t.text('publish.back')));
    expect(next()).toBeTruthy();
  });

  it('publishes what was reviewed, once', async () => {
    const rendered = await open();
    await rendered.user.click(screen.getByRole('checkbox', { name: /^tiktok/ }));
    await publish(rendered);
    await rendered.user.click(confirm());
    expect(rendered.requests('post.publish')).toEqual([
      {
        accountId: 'a1',
        clipId: 'c1',
        mode: 'publish',
        candidateId: 'k1',
        platforms: ['tiktok'],
        text: null,
        brandSlug: null,
        scheduledAtMs: null,
        aspectRatio: null,
      },
    ]);
  });

  it('schedules nothing without a time', async () => {
    const rendered = await open();
    await rendered.user.click(screen.getByRole('radio', { name: t.text('publish.mode.schedule') }));
    await rendered.user.click(next());
    expect(screen.getByRole('alert').textContent).toBe(t.text('publish.time.missing'));
    expect(next()).toBeTruthy();
  });

  describe('at a time', () => {
    const MINUTE_MS = 60_000;
    const nowMs = Date.parse('2026-11-27T12:00:30Z');
    const nextMs = nowMs + MINUTE_MS / 2;
    const schedule = () => button(t.text('publish.confirm.schedule'));
    const field = () => screen.getByLabelText(t.text('publish.time'));

    async function review(atMs: number, answers = read): Promise<Rendered> {
      vi.useFakeTimers({ now: nowMs, toFake: ['Date', 'setInterval', 'clearInterval'] });
      const rendered = await open(answers);
      await rendered.user.click(
        screen.getByRole('radio', { name: t.text('publish.mode.schedule') }),
      );
      fireEvent.change(field(), { target: { value: toLocalField(atMs) } });
      await rendered.user.click(next());
      return rendered;
    }

    it('schedules for the time that was reviewed, which names its zone', async () => {
      const rendered = await review(nextMs);
      const time = t.zonedTime(nextMs, nowMs);
      expect(time).toContain(t.zone(nextMs));
      expect(screen.getByText(t.text('publish.warning.schedule', { service, time }))).toBeTruthy();
      await rendered.user.click(schedule());
      expect(rendered.requests('post.publish')).toMatchObject([
        { mode: 'schedule', scheduledAtMs: nextMs },
      ]);
    });

    it('says when the time passes during the review, and sends nothing then', async () => {
      const rendered = await review(nextMs);
      await rendered.advance(MINUTE_MS);
      expect(screen.getByRole('alert').textContent).toBe(t.text('publish.time.past'));
      const time = t.zonedTime(nextMs, nowMs);
      expect(screen.getByText(t.text('publish.warning.schedule', { service, time }))).toBeTruthy();
      await rendered.user.click(schedule());
      expect(rendered.requests('post.publish')).toEqual([]);
      expect(screen.getByRole('alert').textContent).toBe(t.text('publish.time.past'));
      expect((field() as HTMLInputElement).value).toBe(toLocalField(nextMs));
    });

    it('sends nothing after a sleep that no timer has noticed yet', async () => {
      const rendered = await review(nextMs);
      vi.setSystemTime(nowMs + 8 * 60 * MINUTE_MS);
      await rendered.user.click(schedule());
      expect(rendered.requests('post.publish')).toEqual([]);
    });

    it('keeps the reviewed time when the clock is set back', async () => {
      const rendered = await review(nextMs);
      vi.setSystemTime(nowMs - 60 * MINUTE_MS);
      await rendered.user.click(schedule());
      expect(rendered.requests('post.publish')).toMatchObject([{ scheduledAtMs: nextMs }]);
    });

    it('says that nothing was made where main found the time passed, and takes a later one', async () => {
      const passed: PostOutcome = { outcome: 'refused', problem: 'time-passed', remoteText: null };
      const rendered = await review(nextMs, { ...read, 'post.publish': passed });
      await rendered.user.click(schedule());
      expect(screen.getByRole('alert').textContent).toBe(
        `${t.text('post.refused')} ${t.text('publish.time.past')}`,
      );
      await rendered.user.click(button(t.text('publish.back')));
      fireEvent.change(field(), { target: { value: toLocalField(nextMs + MINUTE_MS) } });
      await rendered.user.click(next());
      await rendered.user.click(schedule());
      expect(rendered.requests('post.publish').map(({ scheduledAtMs }) => scheduledAtMs)).toEqual([
        nextMs,
        nextMs + MINUTE_MS,
      ]);
    });
  });

  it('shows what the service made of it, and offers no second one', async () => {
    const rendered = await open({ ...read, 'post.publish': made });
    await publish(rendered);
    expect(screen.getByRole('alert').textContent).toContain(
      t.text('post.made.publish', { service }),
    );
    expect(buttonOrNull(t.text('publish.confirm.publish'))).toBeNull();
  });

  it('says that it may be public when no clear answer came, and offers no second try', async () => {
    const rendered = await open({ ...read, 'post.publish': unsure });
    await publish(rendered);
    expect(screen.getByRole('alert').textContent).toContain(
      t.text('post.unsure.help.publish', { service }),
    );
    expect(buttonOrNull(t.text('publish.confirm.publish'))).toBeNull();
  });

  it('says why nothing was made', async () => {
    const rendered = await open({ ...read, 'post.publish': refused });
    await publish(rendered);
    expect(screen.getByRole('alert').textContent).toContain(t.text('post.conflict', { service }));
  });

  it('reminds of an earlier post that may be public, so that nobody posts twice unknowing', async () => {
    const atMs = Date.now() - 60_000;
    await open(read, { postNotes: { r1: { mode: 'publish', atMs, outcome: unsure } } });
    const time = t.time(atMs, Date.now());
    expect(screen.getByText(t.text('post.unsure.publish', { service, time }))).toBeTruthy();
  });
});
