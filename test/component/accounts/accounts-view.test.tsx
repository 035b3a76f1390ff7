import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { AccountView, Credits } from '../../../preload/contract';
import { AccountsView } from '../../../renderer/src/views/accounts/accounts-view';
import {
  sampleAccountView,
  sampleAppState,
  sampleClippingAccountView,
} from '../../builders/app-state';
import type { Answers } from '../fake-main';
import { button, buttonOrNull, pick, pickFromMenu, renderInWindow, snackbar, t } from '../render';

const service = 'Autoposting';
const show = (account: AccountView | null = sampleAccountView(), answers: Answers = {}) =>
  renderInWindow(<AccountsView />, {
    state: sampleAppState({ accounts: account ? [account] : [] }),
    answers,
  });
const card = () => screen.getByRole('article');
const credits: Credits = {
  unit: 'credits',
  balance: 12,
  balanceText: null,
  allocation: null,
  used: null,
  resetAtMs: null,
  breakdown: [],
  recent: [],
};

describe('the accounts', () => {
  it('lead to adding one while there is none', async () => {
    const rendered = await show(null);
    expect(screen.getByRole('heading', { name: t.text('accounts.empty.title') })).toBeTruthy();
    await rendered.user.click(button(t.text('accounts.add')));
    expect(rendered.window.get().dialog).toEqual({ kind: 'add-account', service: null });
  });
});

describe('an account', () => {
  it('that works says so', async () => {
    await show();
    expect(within(card()).getByText(t.text('account.working'))).toBeTruthy();
  });

  it('that was never checked does not look as if it worked', async () => {
    await show(sampleAccountView({ lastSuccessAtMs: null }));
    expect(within(card()).getByText(t.text('account.unchecked'))).toBeTruthy();
    expect(within(card()).queryByText(t.text('account.working'))).toBeNull();
  });

  it('whose key is refused says what helps, and leads to a new key', async () => {
    const rendered = await show(
      sampleAccountView({ problem: 'key-refused', remoteText: 'revoked' }),
    );
    expect(card().textContent).toContain(t.text('problem.key-refused.help', { service }));
    expect(within(card()).getByText('revoked')).toBeTruthy();
    await rendered.user.click(button(t.text('account.replaceKey')));
    expect(rendered.window.get().dialog).toEqual({ kind: 'replace-key', accountId: 'a1' });
  });

  it('without credit leads to where it is bought, and not to a new key', async () => {
    const rendered = await show(sampleClippingAccountView({ problem: 'no-credit' }));
    expect(buttonOrNull(t.text('account.replaceKey'))).toBeNull();
    await rendered.user.click(button(t.text('account.balancePage')));
    expect(rendered.requests('page.open')).toEqual([{ page: 'balance', service: 'clipping' }]);
  });

  it('can be tested: it says that the key is accepted', async () => {
    const rendered = await show(sampleAccountView(), {
      'account.check': { problem: null, remoteText: null },
    });
    await rendered.user.click(button(t.text('account.test')));
    expect(card().textContent).toContain(t.text('account.test.ok', { service }));
  });

  it('can be tested: it says what polling has not met yet', async () => {
    const rendered = await show(sampleAccountView(), {
      'account.check': { problem: 'scope-missing', remoteText: 'uploads:write' },
    });
    await rendered.user.click(button(t.text('account.test')));
    expect(card().textContent).toContain(t.text('problem.scope-missing', { service }));
    expect(card().textContent).toContain('uploads:write');
  });

  it('is tested once while the answer is pending', async () => {
    const rendered = await show();
    await rendered.user.click(button(t.text('account.test')));
    await rendered.user.click(
      screen.getByRole('button', { name: (name) => name.includes(t.text('account.test')) }),
    );
    expect(rendered.requests('account.check')).toHaveLength(1);
  });

  it('changes the brand that uploads go to', async () => {
    const brands = [
      { id: 'b1', name: 'Acme' },
      { id: 'b2', name: 'Bolt' },
    ];
    const rendered = await show(sampleAccountView({ brands }));
    await pick(rendered, t.text('account.brand'), 'Bolt');
    expect(rendered.requests('account.setBrand')).toEqual([{ accountId: 'a1', brandId: 'b2' }]);
  });

  it('changes what it notifies of, one kind of job at a time', async () => {
    const rendered = await show();
    const renders = screen.getByRole('radiogroup', { name: t.text('notificationRule.render') });
    await rendered.user.click(
      within(renders).getByRole('radio', { name: t.text('notificationRule.failures') }),
    );
    expect(rendered.requests('account.setNotificationRules')).toEqual([
      { accountId: 'a1', change: { kinds: { render: 'failures' } } },
    ]);
  });

  it('asks for no sound where it notifies of nothing', async () => {
    const kinds = { processing: 'nothing', render: 'nothing', execution: 'all' } as const;
    await show(sampleAccountView({ notificationRules: { kinds, sound: true } }));
    expect(screen.queryByRole('switch', { name: t.text('notificationRule.sound') })).toBeNull();
  });

  it('asks before it is removed', async () => {
    const rendered = await show();
    await pickFromMenu(
      rendered,
      t.text('account.more', { name: 'Work' }),
      t.text('account.remove'),
    );
    expect(rendered.requests('account.remove')).toEqual([]);
    expect(rendered.window.get().dialog).toEqual({ kind: 'remove-account', accountId: 'a1' });
  });
});

describe('the credit of an account', () => {
  const section = () => screen.queryByRole('region', { name: t.text('credits.title') });

  it('is read by itself where reading is free, and says what is not told', async () => {
    await show(sampleAccountView(), { 'account.credits': { value: credits } });
    expect(section()?.textContent).toContain('12');
    expect(section()?.textContent).toContain(t.text('credits.unknown'));
  });

  it('is never read by itself where each read costs coins', async () => {
    const rendered = await show(sampleClippingAccountView());
    expect(section()).toBeNull();
    expect(rendered.requests('account.credits')).toEqual([]);
  });

  it('says that it could not be read, and reads it again on request', async () => {
    const rendered = await show(sampleAccountView(), {
      'account.credits': { problem: 'timed-out', remoteText: null },
    });
    expect(section()?.textContent).toContain(t.text('credits.unreadable'));
    await rendered.answer('account.credits', { value: credits });
    await rendered.user.click(button(t.text('credits.read')));
    expect(section()?.textContent).toContain('12');
  });
});

describe('the realtime channel of an account', () => {
  const section = () => screen.queryByRole('region', { name: t.text('live.label') });

  it('is not offered where the service has none', async () => {
    await show();
    expect(section()).toBeNull();
  });

  it('asks for a session token, and says what happens without one', async () => {
    const rendered = await show(sampleClippingAccountView());
    expect(section()?.textContent).toContain(t.text('live.none', { service: 'Clipping' }));
    await rendered.user.click(button(t.text('live.enter')));
    expect(rendered.window.get().dialog).toEqual({ kind: 'session-token', accountId: 'x1' });
  });

  it('says that the token has run out, and takes it away on request', async () => {
    const rendered = await show(sampleClippingAccountView({ liveChannel: 'expired' }), {
      'account.setSessionToken': { outcome: 'removed' },
    });
    expect(section()?.textContent).toContain(t.text('live.expired'));
    await rendered.user.click(button(t.text('live.remove')));
    expect(rendered.requests('account.setSessionToken')).toEqual([
      { accountId: 'x1', token: null },
    ]);
    expect(snackbar()).toBe(t.text('live.removed'));
  });
});
