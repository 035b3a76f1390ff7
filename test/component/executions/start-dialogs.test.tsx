import { screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import type { StartOutcome } from '../../../preload/contract';
import { StartNotice } from '../../../renderer/src/views/executions/start-notice';
import {
  sampleAccountView,
  sampleAppState,
  sampleClippingAccountView,
} from '../../builders/app-state';
import type { Answers } from '../fake-main';
import {
  button,
  buttonOrNull,
  fill,
  openDialog,
  pick,
  type Rendered,
  renderInWindow,
  snackbar,
  t,
} from '../render';

const service = 'Clipping';
const LINK = 'https://videos.example/talk.mp4';
const state = sampleAppState({ accounts: [sampleClippingAccountView()] });
const cost = { feeCoins: 0.01, balanceCoins: 2, asks: false };
const fee = t.text('account.coins', { coins: 0.01, amount: '0.01' });

const open = (answers: Answers = {}, source: string | null = LINK) =>
  openDialog({ kind: 'start', source }, { state, answers: { 'execution.cost': cost, ...answers } });
const submit = () => button(t.text('start.submit'));
const started: StartOutcome = { outcome: 'started', jobIds: ['j1'] };
const unsure = (found: 'started' | 'not-seen'): StartOutcome => ({
  outcome: 'unsure',
  problem: 'timed-out',
  found,
  jobIds: [],
});

describe('the dialog to start an execution', () => {
  it('shows the fee and the balance before anything is sent', async () => {
    const rendered = await open();
    expect(screen.getByText(t.text('cost.fee', { fee }))).toBeTruthy();
    expect(rendered.requests('execution.start')).toEqual([]);
  });

  it('says that the fee is not known', async () => {
    await open({ 'execution.cost': { feeCoins: null, balanceCoins: null, asks: true } });
    expect(screen.getByText(t.text('cost.unknown', { service }))).toBeTruthy();
    expect(screen.getByText(t.text('cost.balance.unknown', { service }))).toBeTruthy();
  });

  it('sends nothing without a link, and says so', async () => {
    const rendered = await open({}, null);
    await rendered.user.click(submit());
    expect(screen.getByText(t.text('start.problem.empty'))).toBeTruthy();
    expect(rendered.requests('execution.start')).toEqual([]);
  });

  it('never sends a link with a password in it', async () => {
    const rendered = await open({}, null);
    const field = screen.getByRole('textbox', { name: t.text('start.link') });
    await fill(rendered, field, 'https://ana:secret@example.com/v.mp4');
    await rendered.user.click(submit());
    expect(screen.getByText(t.text('start.problem.has-password'))).toBeTruthy();
    expect(rendered.requests('execution.start')).toEqual([]);
  });

  it('starts once however often it is pressed', async () => {
    const rendered = await open();
    await rendered.user.click(submit());
    await rendered.user.click(button(t.text('start.pending', { service })));
    expect(rendered.requests('execution.start')).toEqual([
      {
        accountId: 'x1',
        form: {
          kind: 'transcript',
          item: { source: LINK },
          lang: null,
          embed: false,
          text: null,
        },
        agreed: false,
      },
    ]);
  });

  it('closes and leads to the list once it has started', async () => {
    const rendered = await open({ 'execution.start': started });
    await rendered.user.click(submit());
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(rendered.window.get().view).toBe('jobs');
    expect(snackbar()).toBe(t.text('started.one'));
  });

  it('asks before it spends more than the limit, and Enter spends nothing', async () => {
    const rendered = await open({ 'execution.start': { outcome: 'asks', cost } });
    await rendered.user.click(submit());
    expect(screen.getByRole('alertdialog').textContent).toContain(
      t.text('cost.ask.known', { fee }),
    );
    await rendered.user.keyboard('{Enter}');
    expect(screen.queryByRole('alertdialog')).toBeNull();
    expect(rendered.requests('execution.start')).toHaveLength(1);
  });

  it('sends the very same form once the user has agreed to the cost', async () => {
    const rendered = await open({
      'execution.start': ({ agreed }) => (agreed ? started : { outcome: 'asks', cost }),
    });
    await rendered.user.click(submit());
    await rendered.user.click(button(t.text('cost.ask.start')));
    const [first, second] = rendered.requests('execution.start');
    expect(second).toEqual({ ...first, agreed: true });
  });

  it('says why nothing was started, and stays for another try', async () => {
    const rendered = await open({
      'execution.start': { outcome: 'refused', problem: 'rejected', remoteText: 'too long' },
    });
    await rendered.user.click(submit());
    expect(screen.getByRole('alert').textContent).toContain('too long');
    expect(button(t.text('import.again'))).toBeTruthy();
  });

  it('offers no second start of what was found: it would only cost twice', async () => {
    const rendered = await open({ 'execution.start': unsure('started') });
    await rendered.user.click(submit());
    expect(screen.getByRole('alert').textContent).toContain(t.text('unsure.started'));
    expect(buttonOrNull(t.text('start.again'))).toBeNull();
    await rendered.user.click(button(t.text('start.list')));
    expect(rendered.window.get().view).toBe('jobs');
  });

  it('sends nothing again on Enter after an unclear answer: it could cost twice', async () => {
    const rendered = await open({ 'execution.start': unsure('not-seen') });
    await rendered.user.click(submit());
    await rendered.user.click(screen.getByRole('textbox', { name: t.text('start.link') }));
    await rendered.user.keyboard('{Enter}');
    expect(rendered.requests('execution.start')).toHaveLength(1);
  });

  it('tells the outcome even when the dialog was closed before it came', async () => {
    const rendered = await open();
    await rendered.user.click(submit());
    await rendered.user.click(button(t.text('common.cancel')));
    await rendered.answer('execution.start', started);
    expect(snackbar()).toBe(t.text('started.one'));
  });

  it('says that it takes long and is not sent twice', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const rendered = await open();
    await rendered.user.click(submit());
    await rendered.advance(8_000);
    expect(screen.getByText(t.text('start.pending.long'))).toBeTruthy();
  });

  it('takes a name for a reporter and not for a video', async () => {
    await open({ 'executions.reporters': choices() }, '@harbour');
    expect(screen.getByRole('textbox', { name: t.text('start.source') })).toHaveProperty(
      'value',
      '@harbour',
    );
  });
});

describe('what is said of a start that did not clearly work', () => {
  const show = (outcome: Extract<StartOutcome, { outcome: 'unsure' | 'refused' }>) =>
    renderInWindow(<StartNotice outcome={outcome} serviceId="clipping" />, { state });

  it.each(['started', 'perhaps', 'not-seen', 'not-looked'] as const)(
    'tells what is known without a clear answer: %s',
    async (found) => {
      await show({ outcome: 'unsure', problem: 'timed-out', found, jobIds: [] });
      expect(screen.getByRole('alert').textContent).toContain(
        t.text(`unsure.${found}.text`, { service }),
      );
    },
  );

  it('leads to where credit is bought when there is none left', async () => {
    const rendered = await show({
      outcome: 'refused',
      problem: 'no-credit',
      remoteText: 'saldo 0',
    });
    expect(screen.getByRole('alert').textContent).toContain(t.text('refused.noCredit'));
    expect(screen.getByText('saldo 0')).toBeTruthy();
    await rendered.user.click(button(t.text('account.balancePage')));
    expect(rendered.requests('page.open')).toEqual([{ page: 'balance', service: 'clipping' }]);
  });

  it('promises no watching that goes on by itself after a passing failure', async () => {
    await show({ outcome: 'refused', problem: 'rate-limited', remoteText: null });
    expect(screen.getByRole('alert').textContent).toContain(t.text('refused.later'));
    expect(screen.queryByText(t.text('problem.rate-limited.help'))).toBeNull();
  });
});

function choices(...names: string[]) {
  return {
    value: {
      readable: true as const,
      choices: names.map((name, index) => ({ id: `rep_${index + 1}`, name })),
      complete: true,
    },
  };
}

describe('the choice of a reporter', () => {
  const openReporter = async (answers: Answers): Promise<Rendered> => open(answers, '@harbour');
  const idField = () =>
    screen.getByRole('textbox', { name: t.text('pick.id', { what: t.text('start.reporter') }) });

  it('says that the list is being read', async () => {
    await openReporter({});
    expect(screen.getByText(t.text('pick.loading'))).toBeTruthy();
  });

  it('starts with the reporter that was picked', async () => {
    const rendered = await openReporter({ 'executions.reporters': choices('News', 'Sport') });
    await pick(rendered, t.text('start.reporter'), 'Sport');
    await rendered.user.click(submit());
    expect(rendered.requests('execution.start')).toMatchObject([
      { form: { kind: 'source', reporterId: 'rep_2', source: '@harbour', workflowId: null } },
    ]);
  });

  it('lets an id be typed where the list could not be read', async () => {
    const rendered = await openReporter({
      'executions.reporters': { problem: 'service-fault', remoteText: null },
    });
    await fill(rendered, idField(), 'rep_9');
    await rendered.user.click(submit());
    expect(rendered.requests('execution.start')).toMatchObject([{ form: { reporterId: 'rep_9' } }]);
  });

  it('lets an id be typed where the service has no such list, and says why', async () => {
    await openReporter({
      'executions.reporters': { value: { readable: false, problem: 'not-found' } },
    });
    expect(idField()).toBeTruthy();
    expect(screen.getByText(t.text('pick.unreadable', { service }))).toBeTruthy();
  });

  it('says that there are none', async () => {
    await openReporter({ 'executions.reporters': choices() });
    expect(screen.getByText(t.text('pick.empty', { service }))).toBeTruthy();
  });

  it('starts nothing without a reporter', async () => {
    const rendered = await openReporter({ 'executions.reporters': choices('News') });
    await rendered.user.click(submit());
    expect(screen.getByText(t.text('start.problem.empty'))).toBeTruthy();
    expect(rendered.requests('execution.start')).toEqual([]);
  });
});

describe('a link that was pasted', () => {
  const both = sampleAppState({ accounts: [sampleAccountView(), sampleClippingAccountView()] });

  it('is imported or worked on, as the user chooses', async () => {
    const rendered = await openDialog({ kind: 'pasted-link', url: LINK }, { state: both });
    await rendered.user.click(
      screen.getByRole('button', { name: (name) => name.startsWith(t.text('pasted.start')) }),
    );
    expect(rendered.window.get().dialog).toEqual({ kind: 'start', source: LINK });
  });

  it('leads to the import with the link filled in', async () => {
    const rendered = await openDialog({ kind: 'pasted-link', url: LINK }, { state: both });
    await rendered.user.click(
      screen.getByRole('button', { name: (name) => name.startsWith(t.text('pasted.import')) }),
    );
    expect(screen.getByRole('textbox', { name: t.text('import.url') })).toHaveProperty(
      'value',
      LINK,
    );
  });
});

describe('without an account that can start executions', () => {
  it('the dialog names the service to add one at, and leads there', async () => {
    const rendered = await openDialog({ kind: 'need-execution-account' });
    expect(
      screen.getByText(t.text('needExecutionAccount.text', { services: 'Clipping' })),
    ).toBeTruthy();
    await rendered.user.click(button(t.text('accounts.add')));
    expect(rendered.window.get().dialog).toEqual({ kind: 'add-account', service: 'clipping' });
  });
});
