import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { ResponseOf } from '../../../preload/contract';
import { SignInNotice } from '../../../renderer/src/views/sign-in/sign-in-panel';
import { sampleAccountView, sampleAppState, servicesWithOverride } from '../../builders/app-state';
import type { Answers } from '../fake-main';
import { button, fill, openDialog, type Rendered, renderInWindow, snackbar, t } from '../render';

const open = (answers: Answers = {}, state = sampleAppState(), service = 'autoposting') =>
  openDialog({ kind: 'add-account', service }, { state, answers });
const keyField = () => screen.getByLabelText(t.text('addAccount.key'));
const submit = () => button(t.text('addAccount.submit'));
const session = () => screen.getByRole('checkbox', { name: t.text('addAccount.session') });

async function submitKey(rendered: Rendered, key = 'sk-1'): Promise<void> {
  await fill(rendered, keyField(), key);
  await rendered.user.click(submit());
}

const added: ResponseOf<'account.add'> = {
  outcome: 'added',
  accountId: 'a9',
  problem: null,
  remoteText: null,
};

describe('the dialog to add an account', () => {
  it('proposes the service as the name, and a number where that is taken', async () => {
    await open({}, sampleAppState({ accounts: [sampleAccountView({ name: 'Autoposting' })] }));
    const second = t.text('addAccount.name.numbered', { service: 'Autoposting', number: 2 });
    expect(screen.getByRole('textbox', { name: t.text('addAccount.name') })).toHaveProperty(
      'value',
      second,
    );
  });

  it('sends nothing without a key, and says so', async () => {
    const rendered = await open();
    await rendered.user.click(submit());
    expect(screen.getByRole('alert').textContent).toBe(t.text('addAccount.key.empty'));
    expect(rendered.requests('account.add')).toEqual([]);
  });

  it('sends nothing without a name, and says so', async () => {
    const rendered = await open();
    await rendered.user.clear(screen.getByRole('textbox', { name: t.text('addAccount.name') }));
    await submitKey(rendered);
    expect(screen.getByText(t.text('addAccount.name.empty'))).toBeTruthy();
    expect(rendered.requests('account.add')).toEqual([]);
  });

  it('says that the service is asked, and asks it once however often Enter is pressed', async () => {
    const rendered = await open();
    await submitKey(rendered);
    expect(button(t.text('addAccount.pending', { service: 'Autoposting' }))).toBeTruthy();
    await rendered.user.type(keyField(), '{Enter}{Enter}');
    expect(rendered.requests('account.add')).toEqual([
      {
        service: 'autoposting',
        name: 'Autoposting',
        key: 'sk-1',
        keyHeader: 'bearer',
        keyLocation: 'keychain',
      },
    ]);
  });

  it('closes once the account is there, and leads to it', async () => {
    const rendered = await open({ 'account.add': added });
    await submitKey(rendered);
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(rendered.window.get()).toMatchObject({ view: 'accounts', highlightedAccountId: 'a9' });
    expect(snackbar()).toBe(t.text('addAccount.added', { name: 'Autoposting' }));
  });

  it('keeps a refused key in its field, with what the service says of it', async () => {
    const rendered = await open({
      'account.add': { outcome: 'key-refused', remoteText: 'invalid api key' },
    });
    await submitKey(rendered, 'sk-wrong');
    expect(
      screen.getByText(t.text('problem.key-refused', { service: 'Autoposting' })),
    ).toBeTruthy();
    expect(screen.getByText('invalid api key')).toBeTruthy();
    expect(keyField()).toHaveProperty('value', 'sk-wrong');
  });

  it('never keeps a key in memory only unless the user ticks it', async () => {
    const rendered = await open(
      { 'account.add': added },
      sampleAppState({ environment: { keychain: 'missing' } }),
    );
    await submitKey(rendered);
    expect(screen.getByText(t.text('addAccount.session.needed'))).toBeTruthy();
    expect(rendered.requests('account.add')).toEqual([]);
    await rendered.user.click(session());
    await rendered.user.click(submit());
    expect(rendered.requests('account.add')).toMatchObject([{ keyLocation: 'session' }]);
  });

  it.each(['locked', 'no-default', 'too-long', 'silent'] as const)(
    'says why the keychain does not take the key, and offers memory: %s',
    async (why) => {
      const rendered = await open({ 'account.add': { outcome: 'keychain-failed', why } });
      await submitKey(rendered);
      expect(screen.getByText(t.text(`keychainFailed.${why}`))).toBeTruthy();
      expect(session()).toBeTruthy();
    },
  );

  it('lets a key be tried where there is no keyring yet: the desktop may offer to create one', async () => {
    const rendered = await open(
      { 'account.add': added },
      sampleAppState({ environment: { keychain: 'no-default' } }),
    );
    expect(screen.getByText(t.text('addAccount.noDefault'))).toBeTruthy();
    await submitKey(rendered);
    expect(rendered.requests('account.add')).toMatchObject([{ keyLocation: 'keychain' }]);
  });

  it('says that an account is saved although it cannot work yet', async () => {
    const rendered = await open({
      'account.add': { ...added, problem: 'no-credit', remoteText: 'top up first' },
    });
    await submitKey(rendered);
    const dialog = screen.getByRole('dialog', { name: t.text('addAccount.saved.title') });
    expect(dialog.textContent).toContain(t.text('problem.no-credit'));
    expect(dialog.textContent).toContain('top up first');
    await rendered.user.click(within(dialog).getByRole('button', { name: t.text('common.close') }));
    expect(rendered.window.get().highlightedAccountId).toBe('a9');
  });

  it('asks for no header where the service knows only one', async () => {
    await open({}, sampleAppState(), 'clipping');
    expect(screen.queryByRole('button', { name: t.text('addAccount.advanced') })).toBeNull();
  });

  it('shows the key only on request', async () => {
    const { user } = await open();
    expect(keyField()).toHaveProperty('type', 'password');
    await user.click(button(t.text('addAccount.key.show')));
    expect(keyField()).toHaveProperty('type', 'text');
  });

  it('stays, with what was typed, when main refuses the call', async () => {
    const rendered = await open({ 'account.add': new Error('refused') });
    await submitKey(rendered);
    expect(keyField()).toHaveProperty('value', 'sk-1');
    expect(rendered.window.get().failedCall).toBe('defect');
  });
});

describe('signing in with the browser', () => {
  const offered = (changes: object = {}) =>
    ({
      outcome: 'offered',
      signInId: 's1',
      userCode: 'ABCD-1234',
      pageUrl: 'https://autoposting.example/device',
      pageOpened: true,
      expiresAtMs: Date.now() + 600_000,
      ...changes,
    }) as const;

  async function begin(answers: Answers): Promise<Rendered> {
    const rendered = await open(answers);
    await rendered.user.click(screen.getByRole('radio', { name: t.text('signIn.way.browser') }));
    await rendered.user.click(button(t.text('signIn.begin')));
    return rendered;
  }

  it('is not offered where the service has none', async () => {
    await open({}, sampleAppState(), 'clipping');
    expect(screen.queryByRole('radio', { name: t.text('signIn.way.browser') })).toBeNull();
  });

  it('shows the code to compare, and waits', async () => {
    await begin({ 'signIn.begin': offered() });
    expect(screen.getByRole('status', { name: t.text('signIn.code') }).textContent).toBe(
      'ABCD-1234',
    );
    expect(screen.getByText(t.text('signIn.waiting'))).toBeTruthy();
    expect(screen.queryByText('https://autoposting.example/device')).toBeNull();
  });

  it('shows the address of the page when no browser opened', async () => {
    await begin({ 'signIn.begin': offered({ pageOpened: false }) });
    expect(screen.getByText('https://autoposting.example/device')).toBeTruthy();
  });

  it('adds the account under the name that was typed', async () => {
    const rendered = await begin({ 'signIn.begin': offered() });
    expect(rendered.requests('signIn.wait')).toEqual([
      { signInId: 's1', name: 'Autoposting', keyLocation: 'keychain' },
    ]);
    await rendered.answer('signIn.wait', { outcome: 'added', accountId: 'a9', problem: null });
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(rendered.window.get().highlightedAccountId).toBe('a9');
  });

  it('that was refused stays open for another try', async () => {
    const rendered = await begin({ 'signIn.begin': offered() });
    await rendered.answer('signIn.wait', { outcome: 'denied' });
    expect(screen.getByRole('alert').textContent).toBe(
      t.text('signIn.denied', { service: 'Autoposting' }),
    );
    expect(button(t.text('signIn.begin'))).toBeTruthy();
  });

  it.each(['expired', 'denied', 'key-refused'] as const)(
    'says why there is no account: %s',
    async (outcome) => {
      await renderInWindow(<SignInNotice failure={{ outcome }} serviceId="autoposting" />);
      expect(screen.getByRole('alert').textContent).toBe(
        t.text(`signIn.${outcome}`, { service: 'Autoposting' }),
      );
    },
  );

  it('is cancelled at the service when the user gives it up', async () => {
    const rendered = await begin({ 'signIn.begin': offered() });
    await rendered.user.click(button(t.text('common.cancel')));
    expect(rendered.requests('signIn.cancel')).toEqual([{ signInId: 's1' }]);
  });

  it('says why it could not even begin', async () => {
    await begin({
      'signIn.begin': { outcome: 'failed', problem: 'unreachable', remoteText: null },
    });
    expect(screen.getByRole('alert').textContent).toContain(
      t.text('problem.unreachable', { service: 'Autoposting' }),
    );
  });
});

it('the form for a key says where the key goes when the address was set from outside', async () => {
  const override = { variable: 'CLIPTRAY_AUTOPOSTING_URL', origin: 'https://staging.example' };
  await open({}, sampleAppState({ services: servicesWithOverride('autoposting', override) }));
  const { variable, origin } = override;
  const said = t.text('override.form', { variable, origin, service: 'Autoposting' });
  expect(screen.getByText(said)).toBeTruthy();
});
