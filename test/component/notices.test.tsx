import { cleanup, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { STORAGE_PROBLEMS } from '../../main/domain/storage-error';
import type { AppState } from '../../preload/contract';
import { Notices } from '../../renderer/src/notices/notices';
import type { WindowState } from '../../renderer/src/state/window-state';
import { sampleAccountView, sampleAppState } from '../builders/app-state';
import type { Answers } from './fake-main';
import { button, buttonOrNull, renderInWindow, t } from './render';

const show = (state: AppState, window: Partial<WindowState> = {}, answers: Answers = {}) =>
  renderInWindow(<Notices />, { state, window, answers });
const region = () => screen.getByRole('region', { name: t.text('notice.list') });
const dismiss = (title: string) => button(`${t.text('common.dismiss')}: ${title}`);

describe('the notices', () => {
  it('are empty while all is well', async () => {
    await show(sampleAppState({ accounts: [sampleAccountView()] }));
    expect(region().textContent).toBe('');
  });

  it('say that watching is paused, and let it be resumed', async () => {
    const rendered = await show(sampleAppState({ paused: true }));
    expect(region().textContent).toContain(t.text('notice.paused'));
    await rendered.user.click(button(t.text('notice.paused.resume')));
    expect(rendered.requests('watch.setPaused')).toEqual([{ paused: false }]);
  });

  it('say once that the app had to start again', async () => {
    const atMs = Date.UTC(2026, 10, 27, 12);
    const { user } = await show(
      sampleAppState({ environment: { restarted: { atMs, hasReport: true } } }),
    );
    const title = t.text('notice.restarted');
    expect(region().textContent).toContain(title);
    await user.click(dismiss(title));
    expect(region().textContent).toBe('');
    cleanup();
    const restarted = { atMs: atMs + 60_000, hasReport: true };
    const again = sampleAppState({ environment: { restarted } });
    await show(again, { dismissedNotices: new Set([`restarted-${atMs}`]) });
    expect(region().textContent).toContain(title);
  });

  it.each([
    ['saved', 'saved', true],
    ['saved', 'session', true],
    ['session', 'saved', false],
    ['saved', 'saved', false],
  ] as const)(
    'say of a new start only what is true: keys %s and %s, a report %s',
    async (first, second, hasReport) => {
      const restarted = { atMs: Date.UTC(2026, 10, 27, 12), hasReport };
      const accounts = [first, second].map((kept, index) =>
        sampleAccountView({
          id: `a${index}`,
          keyLocation: kept === 'session' ? 'session' : 'keychain',
        }),
      );
      await show(sampleAppState({ environment: { restarted }, accounts }));
      const isKeyLost = first === 'session' || second === 'session';
      const text = region().textContent;
      expect(text.includes('nothing was lost')).toBe(!isKeyLost);
      expect(text.includes('enter them again')).toBe(isKeyLost);
      expect(text.includes('A report is in the folder crash-reports')).toBe(hasReport);
    },
  );

  it('say that the machine is offline, which cannot be dismissed', async () => {
    await show(sampleAppState({ environment: { online: false } }));
    expect(region().textContent).toContain(t.text('notice.offline'));
    expect(screen.queryByRole('button')).toBeNull();
  });

  it.each(STORAGE_PROBLEMS)(
    'say that nothing can be stored (%s), and what goes on',
    async (storage) => {
      await show(sampleAppState({ environment: { storage } }));
      expect(region().textContent).toContain(t.text(`storage.${storage}`));
      expect(region().textContent).toContain(t.text(`storage.${storage}.text`));
      expect(screen.queryByRole('button')).toBeNull();
    },
  );

  it('do not take what a full disk prevented for a defect', async () => {
    const failed = new Error("Error invoking remote method 'cliptray:run': Error: not-stored");
    const full = sampleAppState({ paused: true, environment: { storage: 'full' } });
    const rendered = await show(full, {}, { 'watch.setPaused': failed });
    await rendered.user.click(button(t.text('notice.paused.resume')));
    // Once there is room again, that was still not stored.
    for (const state of [full, sampleAppState()]) {
      await rendered.setState(state);
      expect(region().textContent).toContain(t.text('storage.notStored'));
      expect(region().textContent).not.toContain(t.text('notice.defect'));
    }
  });

  it('do not take a defect for what a full disk prevented', async () => {
    const failed = new Error("Error invoking remote method 'cliptray:run': Error: failed");
    const paused = sampleAppState({ paused: true });
    const rendered = await show(paused, {}, { 'watch.setPaused': failed });
    await rendered.user.click(button(t.text('notice.paused.resume')));
    await rendered.setState(sampleAppState({ environment: { storage: 'full' } }));
    expect(region().textContent).toContain(t.text('notice.defect'));
    expect(region().textContent).not.toContain(t.text('storage.notStored'));
  });

  it('lead from an account whose key is refused to a new key', async () => {
    const account = sampleAccountView({ problem: 'key-refused' });
    const rendered = await show(sampleAppState({ accounts: [account] }));
    await rendered.user.click(button(t.text('account.replaceKey')));
    expect(rendered.window.get()).toMatchObject({
      view: 'accounts',
      dialog: { kind: 'replace-key', accountId: 'a1' },
    });
  });

  it('lead from any other trouble of an account to the account, and ask for no key', async () => {
    const account = sampleAccountView({ problem: 'no-credit' });
    const rendered = await show(sampleAppState({ accounts: [account] }));
    await rendered.user.click(button(t.text('notice.account.show')));
    expect(rendered.window.get()).toMatchObject({
      view: 'accounts',
      highlightedAccountId: 'a1',
      dialog: null,
    });
  });

  it('say that an account without a brand cannot take uploads', async () => {
    await show(sampleAppState({ accounts: [sampleAccountView({ brandId: null })] }));
    expect(region().textContent).toContain(t.text('notice.brand', { name: 'Work' }));
  });

  it('do not repeat what each card of the accounts says', async () => {
    const state = sampleAppState({ accounts: [sampleAccountView({ problem: 'no-credit' })] });
    await show(state, { view: 'accounts' });
    expect(region().textContent).toBe('');
  });

  it('fold all but the two most urgent, and show the rest on request', async () => {
    const rendered = await show(
      sampleAppState({
        environment: { keychain: 'missing', trayHost: false, notifications: false },
        accounts: [sampleAccountView({ problem: 'no-credit' })],
      }),
    );
    expect(screen.queryByText(t.text('notice.notifications'))).toBeNull();
    await rendered.user.click(button(t.text('notice.more', { count: 2 })));
    expect(screen.getByText(t.text('notice.notifications'))).toBeTruthy();
    expect(button(t.text('notice.fewer'))).toBeTruthy();
  });

  it('stay away for good once they were dismissed', async () => {
    const state = sampleAppState({ environment: { trayHost: false } });
    const rendered = await show(state);
    await rendered.user.click(dismiss(t.text('notice.trayHost')));
    expect(region().textContent).toBe('');
    expect(localStorage.getItem('dismissed-notices')).toBe('["trayHost"]');
  });

  it('name every file that stayed out, with the reason', async () => {
    const rendered = await show(sampleAppState(), {
      refused: [
        { fileName: 'notes.txt', problem: 'file-not-video', service: null },
        { fileName: 'boat.mp4', problem: 'no-brand', service: 'autoposting' },
      ],
    });
    expect(screen.getAllByRole('listitem').map((item) => item.textContent)).toEqual([
      expect.stringContaining('notes.txt'),
      expect.stringContaining('boat.mp4'),
    ]);
    await rendered.user.click(button(t.text('notice.refused.accounts')));
    expect(rendered.window.get().view).toBe('accounts');
    await rendered.user.click(dismiss(t.text('notice.refused', { count: 2 })));
    expect(rendered.window.get().refused).toEqual([]);
  });

  it('say that something did not work through a fault of ours, and lead to the log', async () => {
    const rendered = await show(sampleAppState(), { failedCall: 'defect' });
    expect(region().textContent).toContain(t.text('notice.defect'));
    await rendered.user.click(button(t.text('notice.defect.log')));
    expect(rendered.requests('logs.show')).toHaveLength(1);
    await rendered.user.click(dismiss(t.text('notice.defect')));
    expect(buttonOrNull(t.text('notice.defect.log'))).toBeNull();
  });
});

describe('a locked keychain', () => {
  const waiting = (id: string) => sampleAccountView({ id, problem: 'keychain-locked' });

  it('is one notice however many accounts wait, and can be unlocked from there', async () => {
    const state = sampleAppState({
      accounts: [waiting('a1'), waiting('a2'), waiting('a3')],
      environment: { keychain: 'locked' },
    });
    const rendered = await show(state);
    expect(region().textContent).toContain(t.text('notice.keychain.locked.text', { count: 3 }));
    expect(screen.getAllByRole('button')).toHaveLength(1);
    await rendered.user.click(button(t.text('account.unlock')));
    expect(rendered.requests('account.check')).toEqual([{ accountId: 'a1' }]);
  });

  it('is being asked about by the desktop: the notice says so, in every view', async () => {
    const accounts = [sampleAccountView({ id: 'a1' }), sampleAccountView({ id: 'a2' })];
    await show(sampleAppState({ accounts, environment: { keychain: 'asking' } }), {
      view: 'accounts',
    });
    expect(region().textContent).toContain(t.text('notice.keychain.asking'));
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('is not mentioned while no account waits for it', async () => {
    await show(sampleAppState({ environment: { keychain: 'locked' } }));
    expect(region().textContent).toBe('');
  });

  it('a keyring program without a keyring is called that', async () => {
    await show(sampleAppState({ environment: { keychain: 'no-default' } }));
    expect(region().textContent).toContain(t.text('notice.keyring.text'));
  });
});
