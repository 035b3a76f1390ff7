import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { ExecutionDocuments, Transcript } from '../../../preload/contract';
import { sampleAppState, sampleClippingAccountView } from '../../builders/app-state';
import { sampleExecutionLine } from '../../builders/clip-line';
import { sampleExecutionStep, sampleExecutionView } from '../../builders/execution';
import type { Answers } from '../fake-main';
import { button, buttonOrNull, openDialog, pick, pickFromMenu, snackbar, t } from '../render';

const service = 'Clipping';
const accounts = [sampleClippingAccountView()];
const line = sampleExecutionLine({ accountId: 'x1', title: 'The harbour' });
const unreachable = { problem: 'unreachable', remoteText: null } as const;
const fee = (amount: string) => t.text('account.coins', { coins: Number(amount), amount });

const open = (answers: Answers = {}, lines = [line]) =>
  openDialog(
    { kind: 'execution', jobId: 'j1', accountId: 'x1', title: 'The harbour' },
    { state: sampleAppState({ accounts, lines }), answers },
  );

describe('the dialog of an execution', () => {
  it('says that the service is asked', async () => {
    await open();
    expect(screen.getByText(t.text('execution.loading', { service }))).toBeTruthy();
  });

  it('says why it could not be read, and asks again on request', async () => {
    const rendered = await open({ 'execution.detail': unreachable });
    expect(screen.getByRole('alert').textContent).toContain(
      t.text('problem.unreachable', { service }),
    );
    await rendered.answer('execution.detail', { value: sampleExecutionView() });
    await rendered.user.click(button(t.text('common.tryAgain')));
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('shows the service’s own word for a status that nobody knows', async () => {
    await open({
      'execution.detail': {
        value: sampleExecutionView({ phase: 'unknown', remoteStatus: 'Transmuting' }),
      },
    });
    expect(screen.getByText(t.text('line.unknownStatus', { word: 'Transmuting' }))).toBeTruthy();
  });

  it('says that it ended for lack of balance, and leads to where coins are bought', async () => {
    const rendered = await open({
      'execution.detail': {
        value: sampleExecutionView({ phase: 'failed', endedForLackOfBalance: true }),
      },
    });
    expect(screen.getByText(t.text('execution.broke'))).toBeTruthy();
    await rendered.user.click(button(t.text('account.balancePage')));
    expect(rendered.requests('page.open')).toEqual([{ page: 'balance', service: 'clipping' }]);
  });

  it('tells steps that are done from those still to come', async () => {
    await open({
      'execution.detail': {
        value: sampleExecutionView({
          phase: 'running',
          steps: [
            sampleExecutionStep(),
            sampleExecutionStep({ position: 2, name: 'Write', remoteStatus: null, phase: null }),
          ],
        }),
      },
    });
    const [first, second] = screen.getAllByRole('listitem');
    expect(first?.textContent).toContain(t.text('stage.done'));
    expect(second?.textContent).toContain(t.text('execution.step.coming'));
  });

  it('offers nothing to read before it is done', async () => {
    await open({ 'execution.detail': { value: sampleExecutionView({ phase: 'running' }) } });
    expect(buttonOrNull(t.text('transcript.read'))).toBeNull();
    expect(buttonOrNull(t.text('documents.open'))).toBeNull();
  });

  it('reads it again when it has advanced', async () => {
    const rendered = await open({ 'execution.detail': { value: sampleExecutionView() } });
    const done = sampleExecutionLine({ accountId: 'x1', stage: 'done', remoteStatus: 'done' });
    await rendered.setState(sampleAppState({ accounts, lines: [done] }));
    expect(rendered.requests('execution.detail')).toHaveLength(2);
  });
});

describe('the transcript of an execution', () => {
  const transcript = (changes: Partial<Transcript> = {}): Transcript => ({
    itemId: 'itm_1',
    lang: 'en',
    text: 'The harbour wakes.',
    segments: [{ startMs: 0, endMs: 4200, text: 'The harbour wakes.' }],
    cut: false,
    ...changes,
  });

  async function openTranscript(answers: Answers = {}) {
    const rendered = await open({
      'execution.detail': { value: sampleExecutionView() },
      ...answers,
    });
    await rendered.user.click(button(t.text('transcript.read')));
    return rendered;
  }
  const readButton = () => button(t.text('transcript.get.fee', { fee: fee('0.005') }));

  it('says what reading costs, and reads nothing before it is asked to', async () => {
    const rendered = await openTranscript();
    expect(screen.getByText(t.text('transcript.cost', { fee: fee('0.005') }))).toBeTruthy();
    expect(rendered.requests('execution.transcript')).toEqual([]);
  });

  it('says that it is being read, and pays once however often it is pressed', async () => {
    const rendered = await openTranscript();
    await rendered.user.click(readButton());
    await rendered.user.click(button(t.text('transcript.reading')));
    expect(rendered.requests('execution.transcript')).toEqual([{ jobId: 'j1', lang: 'en' }]);
  });

  it('shows what was said, and saves it in the chosen form', async () => {
    const rendered = await openTranscript({
      'execution.transcript': { value: transcript() },
      'execution.saveTranscript': { saved: true },
    });
    await rendered.user.click(readButton());
    expect(screen.getByText('The harbour wakes.')).toBeTruthy();
    await pickFromMenu(rendered, t.text('transcript.save'), t.text('transcript.save.srt'));
    expect(rendered.requests('execution.saveTranscript')).toEqual([
      { jobId: 'j1', lang: 'en', format: 'srt' },
    ]);
    expect(snackbar()).toBe(t.text('transcript.saved'));
  });

  it('offers no subtitles without times: the file would be empty', async () => {
    const rendered = await openTranscript({
      'execution.transcript': { value: transcript({ segments: [] }) },
    });
    await rendered.user.click(readButton());
    expect(screen.getByText(t.text('transcript.noSegments'))).toBeTruthy();
    await rendered.user.click(button(t.text('transcript.save')));
    expect(await screen.findAllByRole('menuitem')).toHaveLength(1);
  });

  it('says that the text is cut', async () => {
    const rendered = await openTranscript({
      'execution.transcript': { value: transcript({ cut: true }) },
    });
    await rendered.user.click(readButton());
    expect(screen.getByText(t.text('transcript.cut', { service }))).toBeTruthy();
  });

  it('says that there is none in this language, and lets another be read', async () => {
    const rendered = await openTranscript({
      'execution.transcript': { problem: 'not-found', remoteText: 'no en' },
    });
    await rendered.user.click(readButton());
    expect(screen.getByRole('alert').textContent).toContain(t.text('transcript.none', { service }));
    await pick(rendered, t.text('transcript.lang'), t.text('transcript.lang.any'));
    expect(screen.queryByRole('alert')).toBeNull();
    await rendered.user.click(readButton());
    expect(rendered.requests('execution.transcript')[1]).toEqual({ jobId: 'j1', lang: null });
  });

  it('says why it could not be read', async () => {
    const rendered = await openTranscript({ 'execution.transcript': unreachable });
    await rendered.user.click(readButton());
    expect(screen.getByRole('alert').textContent).toContain(
      t.text('problem.unreachable', { service }),
    );
  });

  it('leads back to the execution', async () => {
    const rendered = await openTranscript();
    await rendered.user.click(button(t.text('execution.back')));
    expect(screen.getByRole('dialog', { name: 'The harbour' })).toBeTruthy();
  });
});

describe('the documents of an execution', () => {
  const found = (changes: Partial<ExecutionDocuments> = {}): { value: ExecutionDocuments } => ({
    value: {
      documents: [
        {
          id: 'd1',
          title: 'Summary',
          kind: 'report',
          itemId: null,
          reporterId: null,
          executionId: 'exc_1',
          createdAtMs: null,
          content: { text: 'It was calm.', cut: true },
          link: null,
        },
      ],
      complete: true,
      certain: true,
      ...changes,
    },
  });

  async function openDocuments(answers: Answers = {}) {
    const detail = sampleExecutionView({ about: { reporterId: 'rep_1' } });
    const rendered = await open({ 'execution.detail': { value: detail }, ...answers });
    await rendered.user.click(button(t.text('documents.open')));
    return rendered;
  }

  it('says that they are being read', async () => {
    await openDocuments();
    expect(screen.getByText(t.text('documents.loading'))).toBeTruthy();
  });

  it('says that there are none', async () => {
    await openDocuments({ 'execution.documents': found({ documents: [] }) });
    expect(screen.getByText(t.text('documents.none', { service }))).toBeTruthy();
  });

  it('says that they may be of another execution, and that there are more', async () => {
    await openDocuments({ 'execution.documents': found({ certain: false, complete: false }) });
    expect(screen.getByText(t.text('documents.notCertain', { service }))).toBeTruthy();
    expect(screen.getByText(t.text('documents.incomplete', { service }))).toBeTruthy();
  });

  it('shows and copies what one holds, and says that it is cut', async () => {
    const rendered = await openDocuments({
      'execution.documents': found(),
      'text.copy': { copied: true },
    });
    const list = screen.getByRole('list');
    await rendered.user.click(within(list).getByRole('button', { name: 'Summary' }));
    expect(within(list).getByText('It was calm.')).toBeTruthy();
    expect(within(list).getByText(t.text('execution.text.cut', { service }))).toBeTruthy();
    await rendered.user.click(button(t.text('documents.copy.of', { title: 'Summary' })));
    expect(rendered.requests('text.copy')).toEqual([{ text: 'It was calm.' }]);
    expect(snackbar()).toBe(t.text('execution.copied'));
  });

  it('says why they could not be read, and reads them again on request', async () => {
    const rendered = await openDocuments({ 'execution.documents': unreachable });
    expect(screen.getByRole('alert').textContent).toContain(
      t.text('problem.unreachable', { service }),
    );
    await rendered.answer('execution.documents', found());
    await rendered.user.click(button(t.text('common.tryAgain')));
    expect(screen.getByRole('button', { name: 'Summary' })).toBeTruthy();
  });
});
