import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { ResponseOf } from '../../../preload/contract';
import { sampleAccountView, sampleAppState } from '../../builders/app-state';
import { sampleCandidate, sampleLine, sampleRender } from '../../builders/clip-line';
import { sampleCandidateDetail, sampleClipRecord } from '../../builders/clip-record';
import type { Answers } from '../fake-main';
import { button, buttonOrNull, fill, openDialog, type Rendered, snackbar, t } from '../render';

const service = 'Autoposting';
const accounts = [sampleAccountView()];
const failed = { problem: 'service-fault', remoteText: 'try later' } as const;
const cursor = { form: 'page', at: 2, limit: 20, afterId: 'c1' } as const;

describe('the dialog of all clips', () => {
  const state = sampleAppState({ accounts });
  const open = (answers: Answers = {}) =>
    openDialog({ kind: 'all-clips', accountId: 'a1' }, { state, answers });
  const clips = [sampleClipRecord(), sampleClipRecord({ id: 'c2', title: null })];

  it('says that the service is asked', async () => {
    await open();
    expect(screen.getByText(t.text('clip.loading', { service }))).toBeTruthy();
  });

  it('says that there are no clips, and does not look as if it still loaded', async () => {
    await open({ 'clips.page': { value: { clips: [], totalCount: null, next: null } } });
    expect(screen.getByText(t.text('clips.count', { count: 0 }))).toBeTruthy();
    expect(screen.queryByText(t.text('clip.loading', { service }))).toBeNull();
  });

  it('lists a clip without a title by its id, so that it can be opened all the same', async () => {
    const rendered = await open({ 'clips.page': { value: { clips, totalCount: 2, next: null } } });
    await rendered.user.click(
      screen.getByRole('button', { name: (name) => name.startsWith('c2') }),
    );
    expect(rendered.window.get().dialog).toEqual({
      kind: 'clip',
      accountId: 'a1',
      clipId: 'c2',
      title: 'c2',
      isFromList: true,
    });
  });

  it('reads older clips on request, and lists none twice', async () => {
    const rendered = await open({
      'clips.page': ({ cursor: from }) =>
        from === null
          ? { value: { clips: [sampleClipRecord()], totalCount: 2, next: cursor } }
          : { value: { clips, totalCount: 2, next: null } },
    });
    await rendered.user.click(button(t.text('clips.more')));
    expect(rendered.requests('clips.page')[1]).toEqual({ accountId: 'a1', cursor });
    const list = screen.getByRole('list', { name: t.text('clips.list') });
    expect(within(list).getAllByRole('listitem')).toHaveLength(2);
    expect(buttonOrNull(t.text('clips.more'))).toBeNull();
  });

  it('says why clips could not be read, and reads them again on request', async () => {
    const rendered = await open({ 'clips.page': failed });
    expect(screen.getByRole('alert').textContent).toContain(
      t.text('problem.service-fault', { service }),
    );
    expect(screen.getByText('try later')).toBeTruthy();
    await rendered.answer('clips.page', { value: { clips, totalCount: 2, next: null } });
    await rendered.user.click(button(t.text('common.tryAgain')));
    expect(screen.queryByRole('alert')).toBeNull();
    expect(screen.getByText('Podcast')).toBeTruthy();
  });
});

describe('the dialog of a clip', () => {
  const open = (answers: Answers = {}, line = sampleLine({ candidates: [sampleCandidate()] })) =>
    openDialog(
      { kind: 'clip', accountId: 'a1', clipId: 'c1', title: 'Podcast', isFromList: false },
      { state: sampleAppState({ accounts, lines: [line] }), answers },
    );
  const parts = [
    sampleCandidateDetail(),
    sampleCandidateDetail({ id: 'k2', title: 'The other part', score: 60 }),
  ];
  const record = sampleClipRecord({ candidates: parts });
  const enough: ResponseOf<'clip.check'> = {
    value: { verdict: 'enough', facts: [], remoteText: null },
  };
  const choose = (title: string) =>
    screen.getByRole('checkbox', { name: t.text('clip.choose', { title }) });

  async function check({ user }: Rendered): Promise<void> {
    await user.click(choose('The best part'));
    await user.click(choose('The other part'));
    await user.click(button(t.text('clip.check', { count: 2 })));
  }

  it('says that the service is asked, and follows the clip from now on', async () => {
    const rendered = await open();
    expect(screen.getByText(t.text('clip.loading', { service }))).toBeTruthy();
    expect(rendered.requests('clip.open')).toEqual([{ accountId: 'a1', clipId: 'c1' }]);
  });

  it('says why the clip could not be read', async () => {
    await open({ 'clip.read': failed });
    expect(screen.getByRole('alert').textContent).toContain(
      t.text('problem.service-fault', { service }),
    );
  });

  it('offers no render before a part is chosen', async () => {
    await open({ 'clip.read': { value: record } });
    expect(screen.getByText(t.text('clip.chooseParts'))).toBeTruthy();
  });

  it('offers no part for choice while its render is under way: it would be paid for twice', async () => {
    const render = sampleRender({ phase: 'running', hasResult: false });
    await open(
      { 'clip.read': { value: record } },
      sampleLine({ candidates: [sampleCandidate({ render })] }),
    );
    const name = t.text('clip.choose', { title: 'The best part' });
    expect(screen.queryByRole('checkbox', { name })).toBeNull();
    expect(choose('The other part')).toBeTruthy();
  });

  it('asks whether there is credit before it offers to spend any', async () => {
    const rendered = await open({ 'clip.read': { value: record }, 'clip.check': enough });
    await check(rendered);
    expect(rendered.requests('clip.check').map(({ candidateId }) => candidateId)).toEqual([
      'k1',
      'k2',
    ]);
    expect(screen.getByText(t.text('check.enough', { service }))).toBeTruthy();
    expect(rendered.requests('render.submit')).toEqual([]);
    expect(button(t.text('clip.renderNow', { count: 2 }))).toBeTruthy();
  });

  it('says that credit is short, in the words of the service too', async () => {
    const rendered = await open({
      'clip.read': { value: record },
      'clip.check': { value: { verdict: 'too-little', facts: [], remoteText: '0 left' } },
    });
    await check(rendered);
    const alert = screen.getByRole('alert');
    expect(alert.textContent).toContain(t.text('check.too-little', { service }));
    expect(alert.textContent).toContain('0 left');
  });

  it('renders what is chosen with the edit that the user has seen', async () => {
    const rendered = await open({
      'clip.read': { value: record },
      'clip.check': enough,
      'render.submit': [{ outcome: 'started' }, { outcome: 'started' }],
    });
    await rendered.user.click(choose('The best part'));
    await rendered.user.click(choose('The other part'));
    await fill(rendered, screen.getByRole('textbox', { name: t.text('clip.template') }), ' bold ');
    await rendered.user.click(button(t.text('clip.check', { count: 2 })));
    await rendered.user.click(button(t.text('clip.renderNow', { count: 2 })));
    expect(rendered.requests('render.submit')).toEqual([
      {
        accountId: 'a1',
        clipId: 'c1',
        editRevision: 3,
        template: 'bold',
        captions: null,
        candidateIds: ['k1', 'k2'],
      },
    ]);
    expect(screen.getByText(t.text('clip.chooseParts'))).toBeTruthy();
  });

  it('keeps chosen what did not start, with the reason beside it', async () => {
    const rendered = await open({
      'clip.read': { value: record },
      'clip.check': enough,
      'render.submit': [
        { outcome: 'started' },
        { outcome: 'refused', problem: 'no-credit', remoteText: null },
      ],
    });
    await check(rendered);
    await rendered.user.click(button(t.text('clip.renderNow', { count: 2 })));
    expect(choose('The best part')).toHaveProperty('checked', false);
    expect(choose('The other part')).toHaveProperty('checked', true);
    expect(screen.getByRole('alert').textContent).toContain(t.text('problem.no-credit'));
  });

  it('reads the clip again when it was edited meanwhile, and says that nothing was rendered', async () => {
    const rendered = await open({
      'clip.read': { value: record },
      'clip.check': enough,
      'render.submit': [
        { outcome: 'refused', problem: 'conflict', remoteText: null },
        { outcome: 'not-sent' },
      ],
    });
    await check(rendered);
    await rendered.user.click(button(t.text('clip.renderNow', { count: 2 })));
    expect(rendered.requests('clip.read')).toHaveLength(2);
    expect(screen.getByText(t.text('clip.edited', { service }))).toBeTruthy();
  });

  it('lets the service choose where it proposes no parts', async () => {
    const rendered = await open(
      { 'clip.read': { value: sampleClipRecord({ candidates: [] }) }, 'render.submit': [] },
      sampleLine(),
    );
    await rendered.user.click(button(t.text('render.whole.button')));
    expect(rendered.requests('render.submit')).toMatchObject([{ candidateIds: [null] }]);
  });

  it('leads back to the list that it was opened from', async () => {
    const rendered = await openDialog(
      { kind: 'clip', accountId: 'a1', clipId: 'c1', title: 'Podcast', isFromList: true },
      { state: sampleAppState({ accounts }) },
    );
    await rendered.user.click(button(t.text('clip.backToList')));
    expect(rendered.window.get().dialog).toEqual({ kind: 'all-clips', accountId: 'a1' });
  });
});

describe('the question before a clip is deleted', () => {
  const open = (answers: Answers = {}) =>
    openDialog(
      { kind: 'remove-clip', accountId: 'a1', clipId: 'c1', title: 'Podcast' },
      { state: sampleAppState({ accounts }), answers },
    );
  const confirm = () => button(t.text('clip.remove.confirm'));

  it('names the clip, and sends nothing before it is answered', async () => {
    const rendered = await open();
    expect(screen.getByRole('alertdialog').textContent).toContain('Podcast');
    expect(rendered.requests('clip.remove')).toEqual([]);
  });

  it('deletes once however often it is pressed', async () => {
    const rendered = await open();
    await rendered.user.click(confirm());
    await rendered.user.click(confirm());
    expect(rendered.requests('clip.remove')).toEqual([{ accountId: 'a1', clipId: 'c1' }]);
  });

  it('stays, and says that the clip is still there, when that did not work', async () => {
    const rendered = await open({ 'clip.remove': failed });
    await rendered.user.click(confirm());
    const alert = screen.getByRole('alert');
    expect(alert.textContent).toContain(t.text('clip.notRemoved'));
    expect(alert.textContent).toContain('try later');
  });

  it('closes and says so once the clip is deleted', async () => {
    const rendered = await open({ 'clip.remove': { removed: true } });
    await rendered.user.click(confirm());
    expect(screen.queryByRole('alertdialog')).toBeNull();
    expect(snackbar()).toBe(t.text('clip.removed', { service }));
  });
});
