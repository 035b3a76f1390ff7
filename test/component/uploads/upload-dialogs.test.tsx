import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { sampleAccountView, sampleAppState } from '../../builders/app-state';
import { sampleLine, sampleUploadView } from '../../builders/clip-line';
import { sampleUploadLog } from '../../builders/upload-log';
import type { Answers } from '../fake-main';
import { button, buttonOrNull, fill, openDialog, pick, snackbar, t } from '../render';

const service = 'Autoposting';
const LINK = 'https://videos.example/talk.mp4';
const work = sampleAccountView();
const studio = sampleAccountView({ id: 'a2', name: 'Studio' });
const twoBrands = sampleAccountView({
  brands: [
    { id: 'b1', name: 'Acme' },
    { id: 'b2', name: 'Bolt' },
  ],
});
const optionNamed = (start: string) =>
  screen.getByRole('button', { name: (name) => name.startsWith(start) });

describe('the questions before uploads are cancelled', () => {
  it('keep the upload on Enter: the harmless answer has the focus', async () => {
    const rendered = await openDialog({ kind: 'cancel-upload', uploadId: 'u1' });
    await rendered.user.keyboard('{Enter}');
    expect(screen.queryByRole('alertdialog')).toBeNull();
    expect(rendered.requests('upload.cancel')).toEqual([]);
  });

  it('cancel the upload they are about', async () => {
    const rendered = await openDialog({ kind: 'cancel-upload', uploadId: 'u1' });
    await rendered.user.click(button(t.text('cancelUpload.confirm')));
    expect(rendered.requests('upload.cancel')).toEqual([{ uploadId: 'u1' }]);
  });

  it('count paused and failed uploads too, since those are thrown away as well', async () => {
    const state = sampleAppState({ totals: { unfinished: 2, paused: 1, failed: 1 } });
    const rendered = await openDialog({ kind: 'cancel-all-uploads' }, { state });
    expect(screen.getByRole('alertdialog', { name: t.text('cancelAll.title', { count: 4 }) }));
    await rendered.user.click(button(t.text('cancelAll.confirm')));
    expect(rendered.requests('uploads.cancelAll')).toHaveLength(1);
  });
});

describe('the choice of where an upload goes', () => {
  const paths = ['/v/a.mp4', '/v/b.mp4'];
  const open = (accounts = [work, studio], answers: Answers = {}) =>
    openDialog(
      { kind: 'choose-upload-target', source: { from: 'paths', paths, pathless: [] } },
      { state: sampleAppState({ accounts }), answers },
    );

  it('says how many files it is about', async () => {
    await open();
    expect(screen.getByText(t.text('chooseAccount.items', { count: 2 }))).toBeTruthy();
  });

  it('uploads to the account that is chosen, and says what was added', async () => {
    const rendered = await open([work, studio], {
      'uploads.add': { addedCount: 2, refused: [], skippedCount: 0 },
    });
    await rendered.user.click(optionNamed('Studio'));
    expect(rendered.requests('uploads.add')).toEqual([{ paths, accountId: 'a2', brandId: null }]);
    expect(snackbar()).toBe(t.text('upload.added', { count: 2 }));
  });

  it('offers each brand of an account that has several', async () => {
    const rendered = await open([twoBrands]);
    const list = screen.getByRole('list', { name: t.text('chooseAccount.list') });
    expect(within(list).getAllByRole('button')).toHaveLength(2);
    await rendered.user.click(
      screen.getByRole('button', {
        name: (name) => name.includes(t.text('chooseAccount.brand', { brand: 'Bolt' })),
      }),
    );
    expect(rendered.requests('uploads.add')).toMatchObject([{ accountId: 'a1', brandId: 'b2' }]);
  });

  it('says what is wrong with an account before anything is sent to it', async () => {
    await open([work, { ...studio, problem: 'no-credit' }]);
    expect(optionNamed('Studio').textContent).toContain(t.text('problem.no-credit'));
  });

  it('names files that stayed out, with the reason', async () => {
    const rendered = await open([work, studio], {
      'uploads.add': {
        addedCount: 1,
        refused: [{ fileName: 'notes.txt', problem: 'file-not-video' }],
        skippedCount: 0,
      },
    });
    await rendered.user.click(optionNamed('Work'));
    expect(rendered.window.get().refused).toEqual([
      { fileName: 'notes.txt', problem: 'file-not-video', service: 'autoposting' },
    ]);
  });
});

describe('without an account that takes uploads', () => {
  it('the dialog names the service to add one at, and leads there', async () => {
    const rendered = await openDialog({ kind: 'need-upload-account' });
    expect(screen.getByText(t.text('needAccount.text', { services: service }))).toBeTruthy();
    await rendered.user.click(button(t.text('accounts.add')));
    expect(rendered.window.get().dialog).toEqual({ kind: 'add-account', service: 'autoposting' });
  });
});

describe('the dialog to import from a link', () => {
  const open = (answers: Answers = {}, accounts = [work], url = LINK) =>
    openDialog({ kind: 'import', url }, { state: sampleAppState({ accounts }), answers });
  const submit = () => button(t.text('import.submit'));

  it('sends nothing without a link, and says so', async () => {
    const rendered = await open({}, [work], '');
    await rendered.user.click(submit());
    expect(screen.getByText(t.text('import.url.empty'))).toBeTruthy();
    expect(rendered.requests('clip.import')).toEqual([]);
  });

  it('never sends the name and the password of a link', async () => {
    const rendered = await open({}, [work], 'https://ana:secret@example.com/v.mp4');
    await rendered.user.click(submit());
    expect(screen.getByText(t.text('import.url.has-password'))).toBeTruthy();
    expect(rendered.requests('clip.import')).toEqual([]);
  });

  it('asks the service once however often it is pressed', async () => {
    const rendered = await open();
    await fill(rendered, screen.getByRole('textbox', { name: t.text('import.name') }), ' Talk ');
    await rendered.user.click(submit());
    await rendered.user.click(button(t.text('import.pending', { service })));
    expect(rendered.requests('clip.import')).toEqual([
      { accountId: 'a1', brandId: null, url: LINK, title: 'Talk' },
    ]);
  });

  it('never guesses which of several accounts the video belongs to', async () => {
    const rendered = await open({}, [work, studio]);
    await rendered.user.click(submit());
    expect(screen.getByText(t.text('import.account.missing'))).toBeTruthy();
    expect(rendered.requests('clip.import')).toEqual([]);
    await pick(rendered, t.text('import.account'), 'Studio');
    await rendered.user.click(submit());
    expect(rendered.requests('clip.import')).toMatchObject([{ accountId: 'a2' }]);
  });

  it('never guesses the brand where the account has several and none is chosen', async () => {
    const rendered = await open({}, [{ ...twoBrands, brandId: null }]);
    await rendered.user.click(submit());
    expect(screen.getByText(t.text('import.brand.missing'))).toBeTruthy();
    await pick(rendered, t.text('import.brand'), 'Bolt');
    await rendered.user.click(submit());
    expect(rendered.requests('clip.import')).toMatchObject([{ brandId: 'b2' }]);
  });

  it('closes and leads to the list once the service has taken it', async () => {
    const rendered = await open({ 'clip.import': { outcome: 'started', clipId: 'c1' } });
    await rendered.user.click(submit());
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(rendered.window.get().view).toBe('jobs');
    expect(snackbar()).toBe(t.text('import.started', { service }));
  });

  it('warns that it may be on its way when no clear answer came', async () => {
    const rendered = await open({ 'clip.import': { outcome: 'unsure', problem: 'timed-out' } });
    await rendered.user.click(submit());
    const alert = screen.getByRole('alert');
    expect(alert.textContent).toContain(t.text('import.unsure'));
    expect(alert.textContent).toContain(t.text('import.unsure.text'));
  });

  it('says why nothing was imported, and stays for another try', async () => {
    const rendered = await open({
      'clip.import': { outcome: 'refused', problem: 'rejected', remoteText: 'private video' },
    });
    await rendered.user.click(submit());
    const alert = screen.getByRole('alert');
    expect(alert.textContent).toContain(t.text('import.refused'));
    expect(alert.textContent).toContain('private video');
    expect(button(t.text('import.again'))).toBeTruthy();
  });

  it('promises no second try by itself after a passing failure', async () => {
    const rendered = await open({
      'clip.import': { outcome: 'refused', problem: 'unreachable', remoteText: null },
    });
    await rendered.user.click(submit());
    expect(screen.getByRole('alert').textContent).toContain(t.text('import.later'));
  });
});

describe('the log of an upload', () => {
  const upload = sampleUploadView({ state: 'sending' });
  const stateOf = (changes = {}) =>
    sampleAppState({
      accounts: [work],
      lines: [sampleLine({ upload: { ...upload, ...changes } })],
    });
  const open = (answers: Answers = {}) =>
    openDialog(
      { kind: 'upload-log', lineId: 'l1', uploadId: 'u1', title: 'podcast.mp4' },
      { state: stateOf(), answers },
    );

  it('says that it is being read, and offers nothing to save yet', async () => {
    await open();
    expect(screen.getByText(t.text('log.loading'))).toBeTruthy();
    expect(buttonOrNull(t.text('log.save'))).toBeNull();
  });

  it('says that there is none any more', async () => {
    await open({ 'upload.log': null });
    expect(screen.getByText(t.text('log.gone'))).toBeTruthy();
    expect(screen.queryByText(t.text('log.loading'))).toBeNull();
  });

  it('says that no part has arrived yet', async () => {
    await open({ 'upload.log': sampleUploadLog({ parts: [] }) });
    expect(screen.getByText(t.text('log.sentParts.none'))).toBeTruthy();
  });

  it('shows what happened and each part that arrived', async () => {
    await open({ 'upload.log': sampleUploadLog() });
    expect(screen.getByText(t.text('log.added'))).toBeTruthy();
    const table = screen.getByRole('table');
    // One row of headings, and one for the part.
    expect(within(table).getAllByRole('row')).toHaveLength(2);
    expect(screen.getByText(t.text('log.sha256.later'))).toBeTruthy();
  });

  it('is read again as the upload advances', async () => {
    const rendered = await open({ 'upload.log': sampleUploadLog() });
    await rendered.setState(stateOf({ sentBytes: 500 }));
    expect(rendered.requests('upload.log')).toHaveLength(2);
  });

  it('says that it was saved', async () => {
    const rendered = await open({
      'upload.log': sampleUploadLog(),
      'upload.exportLog': { saved: true },
    });
    await rendered.user.click(button(t.text('log.save')));
    expect(rendered.requests('upload.exportLog')).toEqual([{ uploadId: 'u1' }]);
    expect(snackbar()).toBe(t.text('log.saved'));
  });
});
