import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { sampleAccountView, sampleAppState } from '../../builders/app-state';
import { button, fill, openDialog, t } from '../render';

const state = sampleAppState({ accounts: [sampleAccountView()] });
const open = () => openDialog({ kind: 'rename-account', accountId: 'a1' }, { state });
const nameField = () => screen.getByRole('textbox', { name: t.text('renameAccount.name') });

describe('the dialog to rename an account', () => {
  it('starts with the present name, so that a small change is a small change', async () => {
    await open();
    expect(nameField()).toHaveProperty('value', 'Work');
  });

  it('sends the new name without the blanks around it, and closes', async () => {
    const rendered = await open();
    await fill(rendered, nameField(), '  Studio ');
    await rendered.user.click(button(t.text('common.save')));
    expect(rendered.requests('account.rename')).toEqual([{ accountId: 'a1', name: 'Studio' }]);
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('keeps an account from losing its name', async () => {
    const rendered = await open();
    await rendered.user.clear(nameField());
    await rendered.user.click(button(t.text('common.save')));
    expect(screen.getByText(t.text('addAccount.name.empty'))).toBeTruthy();
    expect(rendered.requests('account.rename')).toEqual([]);
  });

  it('closes when the account was removed meanwhile', async () => {
    const rendered = await open();
    await rendered.setState(sampleAppState());
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});
