import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { AppState } from '../../preload/contract';
import { Sidebar } from '../../renderer/src/sidebar';
import {
  sampleAccountView,
  sampleAppState,
  sampleClippingAccountView,
  servicesWithOverride,
} from '../builders/app-state';
import { sampleExecutionLine, sampleLine } from '../builders/clip-line';
import { button, pickFromMenu, renderInWindow, t } from './render';

/** The state while an environment variable sets the address of the service. */
const withOverride = (origin: string | null): AppState =>
  sampleAppState({
    services: servicesWithOverride('clipping', { variable: 'CLIPTRAY_CLIPPING_URL', origin }),
  });

const show = (state: AppState = sampleAppState()) => renderInWindow(<Sidebar />, { state });
const item = (label: string) =>
  screen.getByRole('button', { name: (name) => name.startsWith(label) });
const watching = () => screen.getByRole('switch', { name: t.text('watching.label') });

describe('the sidebar', () => {
  it('counts results that nobody has looked at yet', async () => {
    await show(
      sampleAppState({
        lines: [
          sampleLine({ id: 'l1', unseen: true }),
          sampleLine({ id: 'l2', unseen: true }),
          sampleLine({ id: 'l3' }),
        ],
      }),
    );
    expect(item(t.text('nav.jobs')).textContent).toContain(t.text('nav.jobs.unseen', { count: 2 }));
  });

  it('counts accounts that need the user', async () => {
    await show(sampleAppState({ accounts: [sampleAccountView({ problem: 'key-refused' })] }));
    expect(item(t.text('nav.accounts')).textContent).toContain(
      t.text('nav.accounts.problems', { count: 1 }),
    );
  });

  it('counts nothing while there is nothing', async () => {
    await show(sampleAppState({ accounts: [sampleAccountView()], lines: [sampleLine()] }));
    expect(item(t.text('nav.jobs')).textContent).toBe(t.text('nav.jobs'));
    expect(item(t.text('nav.accounts')).textContent).toBe(t.text('nav.accounts'));
  });

  it('leads to each view, and marks the one that is open', async () => {
    const rendered = await show();
    await rendered.user.click(item(t.text('nav.history')));
    expect(rendered.window.get().view).toBe('history');
    expect(item(t.text('nav.history')).getAttribute('aria-current')).toBe('page');
    expect(item(t.text('nav.jobs')).getAttribute('aria-current')).toBeNull();
  });

  it('says how much is in progress, and pauses watching', async () => {
    const rendered = await show(sampleAppState({ lines: [sampleExecutionLine()] }));
    expect(screen.getByText(t.text('watching.on', { active: 1 }))).toBeTruthy();
    await rendered.user.click(watching());
    expect(rendered.requests('watch.setPaused')).toEqual([{ paused: true }]);
  });

  it('never looks as if it watched while it is paused or offline', async () => {
    const rendered = await show(sampleAppState({ paused: true }));
    expect(screen.getByText(t.text('watching.paused'))).toBeTruthy();
    expect(watching()).toHaveProperty('checked', false);
    await rendered.setState(sampleAppState({ environment: { online: false } }));
    expect(screen.getByText(t.text('watching.offline'))).toBeTruthy();
  });
});

describe('the upload button', () => {
  it('asks which account when there are several', async () => {
    const accounts = [sampleAccountView(), sampleAccountView({ id: 'a2', name: 'Studio' })];
    const rendered = await show(sampleAppState({ accounts }));
    await rendered.user.click(button(t.text('upload.button')));
    expect(rendered.window.get().dialog).toEqual({
      kind: 'choose-upload-target',
      source: { from: 'files' },
    });
  });

  it('leads to an account when there is none that takes uploads', async () => {
    const rendered = await show(sampleAppState({ accounts: [sampleClippingAccountView()] }));
    await rendered.user.click(button(t.text('upload.button')));
    expect(rendered.window.get().dialog).toEqual({ kind: 'need-upload-account' });
  });

  it('has folders and links in its menu', async () => {
    const rendered = await show(sampleAppState({ accounts: [sampleAccountView()] }));
    await pickFromMenu(rendered, t.text('upload.more'), t.text('upload.folder'));
    expect(rendered.requests('uploads.choose')).toMatchObject([{ what: 'folder' }]);
    await pickFromMenu(rendered, t.text('upload.more'), t.text('upload.import'));
    expect(rendered.window.get().dialog).toEqual({ kind: 'import', url: '' });
  });
});

describe('the address of a service that was set from outside', () => {
  it('is shown in every view: keys go there', async () => {
    await show(withOverride('http://127.0.0.1:4101'));
    const list = screen.getByRole('list', { name: t.text('override.list') });
    expect(list.textContent).toBe('Clipping at http://127.0.0.1:4101');
  });

  it('is said to be unusable if it is', async () => {
    await show(withOverride(null));
    const list = screen.getByRole('list', { name: t.text('override.list') });
    expect(list.textContent).toBe(t.text('override.unusable', { service: 'Clipping' }));
  });

  it('is not mentioned where there is none', async () => {
    await show();
    expect(screen.queryByRole('list', { name: t.text('override.list') })).toBeNull();
  });
});
