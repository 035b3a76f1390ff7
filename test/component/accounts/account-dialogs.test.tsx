import { screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import {
  sampleAccountView,
  sampleAppState,
  sampleClippingAccountView,
} from '../../builders/app-state';
import type { Answers } from '../fake-main';
import { button, fill, openDialog, type Rendered, snackbar, t } from '../render';

describe('the dialog to replace a key', () => {
  const state = sampleAppState({ accounts: [sampleAccountView()] });
  const open = (answers: Answers = {}) =>
    openDialog({ kind: 'replace-key', accountId: 'a1' }, { state, answers });
  const keyField = () => screen.getByLabelText(t.text('replaceKey.key'));

  async function submit(rendered: Rendered): Promise<void> {
    await fill(rendered, keyField(), 'sk-new');
    await rendered.user.click(button(t.text('replaceKey.submit')));
  }

  it('begins with an empty field: the old key is never shown', async () => {
    await open();
    expect(keyField()).toHaveProperty('value', '');
  });

  it('says that the service is asked', async () => {
    const rendered = await open();
    await submit(rendered);
    expect(button(t.text('addAccount.pending', { service: 'Autoposting' }))).toBeTruthy();
    expect(rendered.requests('account.replaceKey')).toEqual([
      { accountId: 'a1', key: 'sk-new', keyLocation: 'keychain' },
    ]);
  });

  it('stays open with a key that is refused', async () => {
    const rendered = await open({
      'account.replaceKey': { outcome: 'key-refused', remoteText: null },
    });
    await submit(rendered);
    expect(
      screen.getByText(t.text('problem.key-refused', { service: 'Autoposting' })),
    ).toBeTruthy();
    expect(keyField()).toHaveProperty('value', 'sk-new');
  });

  it('says that the key is stored although the account cannot work yet', async () => {
    const rendered = await open({
      'account.replaceKey': {
        outcome: 'added',
        accountId: 'a1',
        problem: 'plan-suspended',
        remoteText: null,
      },
    });
    await submit(rendered);
    expect(screen.getByRole('dialog', { name: t.text('addAccount.saved.title') })).toBeTruthy();
    expect(
      screen.getByText(t.text('problem.plan-suspended', { service: 'Autoposting' })),
    ).toBeTruthy();
  });

  it('closes and says so when the key was replaced', async () => {
    const rendered = await open({
      'account.replaceKey': { outcome: 'added', accountId: 'a1', problem: null, remoteText: null },
    });
    await submit(rendered);
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(snackbar()).toBe(t.text('replaceKey.done', { name: 'Work' }));
  });
});

describe('the question before an account is removed', () => {
  const state = sampleAppState({ accounts: [sampleAccountView()] });
  const open = () => openDialog({ kind: 'remove-account', accountId: 'a1' }, { state });

  it('has the focus on the harmless answer: Enter removes nothing', async () => {
    const rendered = await open();
    await waitFor(() => expect(document.activeElement).toBe(button(t.text('common.cancel'))));
    await rendered.user.keyboard('{Enter}');
    expect(rendered.requests('account.remove')).toEqual([]);
    expect(screen.queryByRole('alertdialog')).toBeNull();
  });

  it('removes the account it names', async () => {
    const rendered = await open();
    expect(
      screen.getByRole('alertdialog', { name: t.text('removeAccount.title', { name: 'Work' }) }),
    );
    await rendered.user.click(button(t.text('removeAccount.confirm')));
    expect(rendered.requests('account.remove')).toEqual([{ accountId: 'a1' }]);
  });

  it('removes nothing on Escape', async () => {
    const rendered = await open();
    await rendered.user.keyboard('{Escape}');
    expect(screen.queryByRole('alertdialog')).toBeNull();
    expect(rendered.requests('account.remove')).toEqual([]);
  });
});

describe('the dialog for a session token', () => {
  const state = sampleAppState({ accounts: [sampleClippingAccountView()] });
  const open = (answers: Answers = {}) =>
    openDialog({ kind: 'session-token', accountId: 'x1' }, { state, answers });
  const tokenField = () => screen.getByLabelText(t.text('live.token'), { selector: 'input' });
  const submit = () => button(t.text('live.submit'));

  it('sends nothing while the field is empty, and says so', async () => {
    const rendered = await open();
    await rendered.user.click(submit());
    expect(screen.getByRole('alert').textContent).toBe(t.text('live.token.empty'));
    expect(rendered.requests('account.setSessionToken')).toEqual([]);
  });

  it('sends a token once while the answer is pending', async () => {
    const rendered = await open();
    await rendered.user.type(tokenField(), ' tok-1 {Enter}{Enter}');
    expect(rendered.requests('account.setSessionToken')).toEqual([
      { accountId: 'x1', token: 'tok-1' },
    ]);
  });

  it('says that the token could not be kept, and keeps it in the field', async () => {
    const rendered = await open({
      'account.setSessionToken': { outcome: 'keychain-failed', why: 'locked' },
    });
    await fill(rendered, tokenField(), 'tok-1');
    await rendered.user.click(submit());
    expect(screen.getByRole('alert').textContent).toBe(t.text('keychainFailed.locked'));
    expect(tokenField()).toHaveProperty('value', 'tok-1');
  });

  it('closes once the token is used', async () => {
    const rendered = await open({ 'account.setSessionToken': { outcome: 'set' } });
    await fill(rendered, tokenField(), 'tok-1');
    await rendered.user.click(submit());
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(snackbar()).toBe(t.text('live.set'));
  });
});
