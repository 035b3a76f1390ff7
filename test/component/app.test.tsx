import { fireEvent, screen } from '@testing-library/react';
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
