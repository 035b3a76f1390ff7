import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { AppState } from '../../preload/contract';
import { App } from '../../renderer/src/app';
import type { WindowState } from '../../renderer/src/state/window-state';
import {
  sampleAccountView,
  sampleAppState,
  sampleClippingAccountView,
} from '../builders/app-state';
import { sampleExecutionLine, sampleLine } from '../builders/clip-line';
import { button, renderInWindow, t } from './render';

const both = sampleAppState({ accounts: [sampleAccountView(), sampleClippingAccountView()] });
const show = (state: AppState = both, window: Partial<WindowState> = {}) =>
  renderInWindow(<App />, { state, window });

/** The event of a paste or a drop, with what it carries: happy-dom makes none of its own. */
function dataEvent(type: string, name: string, { text = '', files = [] as File[] }): Event {
  const data = { files, types: files.length > 0 ? ['Files'] : ['text/plain'], getData: () => text };
  const event = new Event(type, { bubbles: true, cancelable: true });
  return Object.defineProperty(event, name, { value: data });
}
const paste = (content: { text?: string; files?: File[] }) =>
  fireEvent(window, dataEvent('paste', 'clipboardData', content));
const drag = (type: string) =>
  fireEvent(window, dataEvent(type, 'dataTransfer', { files: [new File(['x'], 'boat.mp4')] }));
const YOUTUBE = 'https://www.youtube.com/watch?v=abc';

describe('what is pasted into the window', () => {
  it('is asked about when both services could use the link', async () => {
    const rendered = await show();
    paste({ text: YOUTUBE });
    expect(rendered.window.get().dialog).toEqual({ kind: 'pasted-link', url: YOUTUBE });
  });

  it('is worked on when only that is possible', async () => {
    const rendered = await show(sampleAppState({ accounts: [sampleClippingAccountView()] }));
    paste({ text: YOUTUBE });
    expect(rendered.window.get().dialog).toEqual({ kind: 'start', source: YOUTUBE });
  });

  it('is left alone when it is more than a link', async () => {
    const rendered = await show();
    paste({ text: `look at ${YOUTUBE}` });
    expect(rendered.window.get().dialog).toBeNull();
  });

  it('is left alone while a dialog is open', async () => {
    const rendered = await show(both, { dialog: { kind: 'cancel-all-uploads' } });
    paste({ text: YOUTUBE });
    expect(rendered.window.get().dialog).toEqual({ kind: 'cancel-all-uploads' });
  });

  it('waits for a dialog that is open when it is a file, and says so', async () => {
    const rendered = await show(both, { dialog: { kind: 'cancel-all-uploads' } });
    paste({ files: [new File(['x'], 'boat.mp4')] });
    expect(rendered.window.get().announcement).toMatchObject({
      text: t.text('drop.kept', { count: 1 }),
      shown: true,
    });
    expect(rendered.requests('uploads.add')).toEqual([]);
    act(() => rendered.window.patch({ dialog: null }));
    await waitFor(() => expect(rendered.requests('uploads.add')).toHaveLength(1));
  });

  it('stays a paste into the text field that it is made in', async () => {
    const rendered = await show(both, { dialog: { kind: 'import', url: '' } });
    const event = dataEvent('paste', 'clipboardData', { files: [new File(['x'], 'boat.mp4')] });
    const [field] = screen.getAllByRole('textbox');
    fireEvent(field as Element, event);
    expect(event.defaultPrevented).toBe(false);
    expect(rendered.window.get().announcement.text).toBe('');
  });

  it('is uploaded when it is a file', async () => {
    const rendered = await show();
    paste({ files: [new File(['x'], 'boat.mp4')] });
    expect(rendered.requests('uploads.add')).toEqual([
      { paths: ['/videos/boat.mp4'], accountId: 'a1', brandId: null },
    ]);
  });
});

describe('files dragged over the window', () => {
  it('are told where they would go, and are uploaded there', async () => {
    const rendered = await show();
    drag('dragenter');
    expect(screen.getByText(t.text('drop.to', { name: 'Work' }))).toBeTruthy();
    drag('drop');
    expect(screen.queryByText(t.text('drop.to', { name: 'Work' }))).toBeNull();
    expect(rendered.requests('uploads.add')).toMatchObject([{ paths: ['/videos/boat.mp4'] }]);
  });

  it('are told that no account takes them', async () => {
    await show(sampleAppState({ accounts: [sampleClippingAccountView()] }));
    drag('dragenter');
    expect(screen.getByText(t.text('drop.none'))).toBeTruthy();
  });

  it('never replace the page, not even while a dialog is open', async () => {
    const rendered = await show(both, { dialog: { kind: 'cancel-all-uploads' } });
    // False: the page was kept from opening the file.
    expect(drag('drop')).toBe(false);
    expect(rendered.requests('uploads.add')).toEqual([]);
  });
});

describe('a link or a text that is dropped', () => {
  /** Drops what a browser or an editor gives, on the window or on an element. */
  function drop(
    content: Record<string, string>,
    target: Element | Window = window,
    files: File[] = [],
  ) {
    const types = [...Object.keys(content), ...(files.length > 0 ? ['Files'] : [])];
    const data = {
      files,
      types,
      effectAllowed: 'all',
      getData: (type: string) => content[type] ?? '',
    };
    const event = new Event('drop', { bubbles: true, cancelable: true });
    return fireEvent(target, Object.defineProperty(event, 'dataTransfer', { value: data }));
  }
  const snackbar = () =>
    screen
      .getAllByRole('status')
      .map((shown) => shown.textContent)
      .join('');

  it.each([
    ['as text', { 'text/plain': YOUTUBE }],
    ['as a list of one', { 'text/uri-list': `# a remark\r\n${YOUTUBE}\r\n` }],
    ['as both, with a title', { 'text/uri-list': YOUTUBE, 'text/plain': 'A video' }],
    ['twice in a list', { 'text/uri-list': `${YOUTUBE}\r\n${YOUTUBE}` }],
  ])('does what a pasted one does: %s', async (_how, content) => {
    const rendered = await show();
    drop(content);
    expect(rendered.window.get().dialog).toEqual({ kind: 'pasted-link', url: YOUTUBE });
  });

  it('that is a picture with a link is handled as the link, and a real file as a file', async () => {
    const rendered = await show();
    drop({ 'text/uri-list': YOUTUBE }, window, [new File(['x'], 'boat.mp4')]);
    expect(rendered.requests('uploads.add')).toMatchObject([{ paths: ['/videos/boat.mp4'] }]);
    drop({ 'text/uri-list': YOUTUBE }, window, [new File(['x'], 'no-path.png')]);
    expect(rendered.window.get().dialog).toEqual({ kind: 'pasted-link', url: YOUTUBE });
  });

  it.each([
    [
      'several links',
      { 'text/uri-list': `${YOUTUBE}\r\n${YOUTUBE}2` },
      t.text('drop.links', { count: 2 }),
    ],
    ['the address of a file', { 'text/plain': 'file:///videos/a.mp4' }, t.text('drop.fileAddress')],
    ['a text that is no link', { 'text/plain': `look at ${YOUTUBE}` }, t.text('drop.noLink')],
    ['a script', { 'text/uri-list': 'javascript:alert(1)' }, t.text('drop.noLink')],
  ])('gets a word when it is %s', async (_what, content, word) => {
    const rendered = await show();
    // False: the page was kept from opening it.
    expect(drop(content)).toBe(false);
    expect(rendered.window.get().dialog).toBeNull();
    expect(rendered.window.get().announcement).toMatchObject({ text: word, shown: true });
  });

  it('lands in the text field that it is dropped on', async () => {
    const rendered = await show(both, { dialog: { kind: 'import', url: '' } });
    // True: the browser does it.
    expect(drop({ 'text/plain': YOUTUBE }, screen.getAllByRole('textbox')[0])).toBe(true);
    expect(rendered.window.get().dialog).toEqual({ kind: 'import', url: '' });
  });

  it('waits while a dialog is open, as a video does, and says so', async () => {
    const rendered = await show(both, { dialog: { kind: 'cancel-all-uploads' } });
    drop({ 'text/plain': YOUTUBE });
    await waitFor(() => expect(snackbar()).toContain(t.text('drop.kept.link')));
    drop({}, window, [new File(['x'], 'boat.mp4'), new File(['x'], 'sea.mp4')]);
    await waitFor(() => expect(snackbar()).toContain(t.text('drop.kept', { count: 2 })));
    expect(rendered.requests('uploads.add')).toEqual([]);
    act(() => rendered.window.patch({ dialog: null }));
    await waitFor(() =>
      expect(rendered.window.get().dialog).toEqual({ kind: 'pasted-link', url: YOUTUBE }),
    );
    act(() => rendered.window.patch({ dialog: null }));
    await waitFor(() => expect(rendered.requests('uploads.add')).toHaveLength(1));
  });

  it('from the window itself, such as selected text, does nothing', async () => {
    const rendered = await show();
    fireEvent(window, new Event('dragstart', { bubbles: true }));
    expect(drop({ 'text/plain': YOUTUBE })).toBe(false);
    expect(rendered.window.get().dialog).toBeNull();
    fireEvent(window, new Event('dragend', { bubbles: true }));
    drop({ 'text/plain': YOUTUBE });
    expect(rendered.window.get().dialog).toEqual({ kind: 'pasted-link', url: YOUTUBE });
  });
});

describe('the window', () => {
  it('tells a screen reader when work ends', async () => {
    const rendered = await show(sampleAppState({ lines: [sampleExecutionLine({ id: 'l1' })] }));
    const done = sampleExecutionLine({ id: 'l1', stage: 'done', active: false });
    await rendered.setState(sampleAppState({ lines: [done] }));
    expect(rendered.window.get().announcement).toMatchObject({
      text: t.text('line.outcome', { title: 'Transcript', stage: t.text('stage.done') }),
      shown: false,
    });
  });

  it('survives a defect in one view: the others can still be opened', async () => {
    // A line that no main would send: its view cannot render it.
    const broken = {
      ...sampleLine(),
      candidates: undefined,
    } as unknown as AppState['lines'][string];
    const silence = console.error;
    console.error = () => {};
    const rendered = await show(sampleAppState({ lines: [broken] }));
    console.error = silence;
    expect(screen.getByRole('alert').textContent).toContain(t.text('crash.title'));
    await rendered.user.click(button(t.text('nav.settings')));
    expect(screen.getByRole('heading', { name: t.text('settings.title') })).toBeTruthy();
  });
});
