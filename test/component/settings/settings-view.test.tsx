import { fireEvent, screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import type { Environment, Settings } from '../../../preload/contract';
import { SettingsView } from '../../../renderer/src/views/settings/settings-view';
import { sampleAppState } from '../../builders/app-state';
import type { Answers } from '../fake-main';
import { button, pick, renderInWindow, t } from '../render';

const show = (
  settings: Partial<Settings> = {},
  answers: Answers = {},
  environment: Partial<Environment> = {},
) =>
  renderInWindow(<SettingsView />, {
    state: sampleAppState({ settings, environment }),
    answers,
  });
const switchNamed = (name: string) => screen.getByRole('switch', { name });
const days = (count: number) => t.text('settings.historyDays.days', { days: count });

describe('the settings', () => {
  it('ask before jobs are deleted by a shorter history', async () => {
    const rendered = await show();
    await pick(rendered, t.text('settings.historyDays'), days(30));
    expect(rendered.requests('settings.change')).toEqual([]);
    expect(rendered.window.get().dialog).toEqual({ kind: 'shorten-history', days: 30 });
  });

  it('lengthen the history without a question', async () => {
    const rendered = await show({ historyDays: 30 });
    await pick(rendered, t.text('settings.historyDays'), days(90));
    expect(rendered.requests('settings.change')).toEqual([{ historyDays: 90 }]);
  });

  it('show a limit that was chosen elsewhere, and take it away again', async () => {
    const rendered = await show({ uploadLimitBytesPerSecond: 3_000_000 });
    expect(
      screen.getByRole('button', {
        name: (name) => name.includes(t.text('settings.uploadLimit.rate', { amount: '3' })),
      }),
    ).toBeTruthy();
    await pick(rendered, t.text('settings.uploadLimit'), t.text('settings.uploadLimit.none'));
    expect(rendered.requests('settings.change')).toEqual([{ uploadLimitBytesPerSecond: null }]);
  });

  it('change from what cost on a start is asked about', async () => {
    const rendered = await show();
    await pick(rendered, t.text('settings.confirmOver'), t.text('settings.confirmOver.any'));
    expect(rendered.requests('settings.change')).toEqual([{ confirmOverCoins: 0 }]);
  });

  it('start Cliptray at login', async () => {
    const rendered = await show();
    await rendered.user.click(switchNamed(t.text('settings.launchAtLogin')));
    expect(rendered.requests('settings.change')).toEqual([{ launchAtLogin: true }]);
  });
});

describe('quiet hours', () => {
  const from = () => screen.getByLabelText(t.text('settings.quietHours.from'));

  it('begin with a night when they are switched on', async () => {
    const rendered = await show();
    await rendered.user.click(switchNamed(t.text('settings.quietHours')));
    expect(rendered.requests('settings.change')).toEqual([
      { quietHours: { fromMinute: 1320, toMinute: 420 } },
    ]);
  });

  it('take no time that is only half typed', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const rendered = await show({ quietHours: { fromMinute: 1320, toMinute: 420 } });
    fireEvent.change(from(), { target: { value: '02:00' } });
    await rendered.advance(300);
    fireEvent.change(from(), { target: { value: '23:00' } });
    await rendered.advance(600);
    expect(rendered.requests('settings.change')).toEqual([
      { quietHours: { fromMinute: 1380, toMinute: 420 } },
    ]);
  });

  it('say that they end on the next day, and that the same time twice means none', async () => {
    const rendered = await show({ quietHours: { fromMinute: 1320, toMinute: 420 } });
    expect(screen.getByText(t.text('settings.quietHours.nextDay'))).toBeTruthy();
    const quietHours = { fromMinute: 420, toMinute: 420 };
    await rendered.setState(sampleAppState({ settings: { quietHours } }));
    expect(screen.getByText(t.text('settings.quietHours.same'))).toBeTruthy();
  });
});

describe('notifications', () => {
  it('can be tried: it says that one was shown', async () => {
    const rendered = await show({}, { 'notifications.test': { shown: true } });
    await rendered.user.click(button(t.text('settings.test')));
    expect(screen.getByText(t.text('settings.test.shown'))).toBeTruthy();
  });

  it('can be tried: it says that none can be shown here', async () => {
    const rendered = await show({}, { 'notifications.test': { shown: false } });
    await rendered.user.click(button(t.text('settings.test')));
    expect(screen.getByText(t.text('settings.test.notShown'))).toBeTruthy();
  });

  it('say why none comes just now', async () => {
    await show({}, {}, { doNotDisturb: true });
    expect(screen.getByText(t.text('settings.doNotDisturb.now'))).toBeTruthy();
  });

  it('offer no switch for what macOS and Windows decide by themselves', async () => {
    await show({}, {}, { platform: 'darwin' });
    expect(screen.queryByRole('switch', { name: t.text('settings.doNotDisturb') })).toBeNull();
  });
});

describe('what this computer lacks', () => {
  it('stays in sight even when its notice was dismissed', async () => {
    await show({}, {}, { keychain: 'missing', trayHost: false, notifications: false });
    expect(screen.getByText(t.text('settings.computer.keychain.missing'))).toBeTruthy();
    for (const key of ['tray', 'notifications'] as const) {
      expect(screen.getByText(t.text(`settings.computer.${key}.no`))).toBeTruthy();
    }
  });
});

it.each(['locked', 'asking', 'no-default'] as const)(
  'a keychain that is “%s” is not simply called safe',
  async (keychain) => {
    await show({}, {}, { keychain });
    expect(screen.getByText(t.text(`settings.computer.keychain.${keychain}`))).toBeTruthy();
    expect(screen.queryByText(t.text('settings.computer.keychain.ready'))).toBeNull();
  },
);

describe('the certificates of a company', () => {
  const file = '/home/ana/company.pem';

  it('are chosen with the desktop’s dialog, and what is wrong with a file is said', async () => {
    const rendered = await show(
      {},
      { 'certificates.choose': { outcome: 'refused', problem: 'private-key' } },
    );
    await rendered.user.click(button(t.text('settings.certificates.choose')));
    expect(screen.getByText(t.text('settings.certificates.private-key'))).toBeTruthy();
  });

  it('are named while they are in use, and can be removed', async () => {
    const rendered = await show({}, {}, { certificates: { file, count: 2, problem: null } });
    expect(screen.getByText(t.text('settings.certificates.used', { count: 2, file }))).toBeTruthy();
    await rendered.user.click(button(t.text('settings.certificates.clear')));
    expect(rendered.requests('certificates.clear')).toEqual([null]);
  });

  it('that are gone are missed, and not silently', async () => {
    await show({}, {}, { certificates: { file, count: 0, problem: 'unreadable' } });
    expect(screen.getByText(t.text('settings.certificates.unreadable'))).toBeTruthy();
  });
});
