import { act, render, screen } from '@testing-library/react';
import userEvent, { PointerEventsCheckLevel, type UserEvent } from '@testing-library/user-event';
import type { ReactNode } from 'react';
import { I18nProvider } from 'react-aria-components';
import { vi } from 'vitest';
import type { AppState } from '../../preload/contract';
import { createTranslator } from '../../preload/messages';
import { Snackbar } from '../../renderer/src/components/snackbar';
import { DialogHost } from '../../renderer/src/dialog-host';
import { createActions } from '../../renderer/src/state/actions';
import { CliptrayProvider } from '../../renderer/src/state/context';
import { createObservable } from '../../renderer/src/state/observable';
import {
  createWindowState,
  type DialogRequest,
  type WindowState,
  type WindowStateStore,
} from '../../renderer/src/state/window-state';
import { sampleAppState } from '../builders/app-state';
import { type Answers, createFakeMain, type FakeMain } from './fake-main';

/** The catalogue that the window shows: tests name texts by their keys, so that wording may change. */
export const t = createTranslator('en');

export interface Rendered extends Pick<FakeMain, 'requests'> {
  /** Answers pending and later calls of a verb, and waits for what the window makes of it. */
  answer: FakeMain['answer'];
  user: UserEvent;
  window: WindowStateStore;
  /** Changes main's state, as a patch would. */
  setState(state: AppState): Promise<void>;
  /** Lets time pass, where a test has put fake timers in place. */
  advance(ms: number): Promise<void>;
}

interface RenderOptions {
  state?: AppState;
  answers?: Answers;
  window?: Partial<WindowState>;
}

/**
 * Renders a component in what the window gives to all of them, over a main process of the test, and
 * waits for the answers that it has already.
 */
export async function renderInWindow(
  ui: ReactNode,
  options: RenderOptions = {},
): Promise<Rendered> {
  const { bridge, requests, answer } = createFakeMain(options.answers ?? {});
  const app = createObservable<AppState | null>(options.state ?? sampleAppState());
  const window = createWindowState(new Set());
  window.patch(options.window ?? {});
  const actions = createActions({ bridge, app, window, t });
  await act(async () => {
    render(
      <I18nProvider locale={t.language}>
        <CliptrayProvider value={{ bridge, app, window, actions, t }}>
          {ui}
          <Snackbar />
        </CliptrayProvider>
      </I18nProvider>,
    );
  });
  return {
    requests,
    async answer(verb, value) {
      await act(() => answer(verb, value));
    },
    user: userEvent.setup({
      delay: null,
      skipHover: true,
      pointerEventsCheck: PointerEventsCheckLevel.Never,
    }),
    window,
    async setState(state) {
      await act(async () => app.set(state));
    },
    async advance(ms) {
      await act(() => vi.advanceTimersByTimeAsync(ms));
    },
  };
}

/** Opens a dialog the way the window does. */
export function openDialog(dialog: DialogRequest, options: RenderOptions = {}): Promise<Rendered> {
  return renderInWindow(<DialogHost />, { ...options, window: { dialog, ...options.window } });
}

/** A button by its whole name. */
export const button = (name: string) => screen.getByRole('button', { name });
export const buttonOrNull = (name: string) => screen.queryByRole('button', { name });

/** What the window says at the bottom and to screen readers. */
export const snackbar = () =>
  screen.getAllByRole('status').find(({ dataset }) => dataset.liveAnnouncer)?.textContent;

/** Puts a text into a field in one step: key by key, each would render the dialog again. */
export async function fill({ user }: Rendered, field: HTMLElement, text: string): Promise<void> {
  await user.clear(field);
  await user.click(field);
  await user.paste(text);
}

/** Opens a field with a list and picks one of its entries. */
export async function pick({ user }: Rendered, label: string, option: string): Promise<void> {
  await user.click(screen.getByRole('button', { name: (name) => name.includes(label) }));
  await user.click(await screen.findByRole('option', { name: option }));
}

/** Opens a menu by its button and picks one of its items. */
export async function pickFromMenu({ user }: Rendered, label: string, item: string): Promise<void> {
  await user.click(button(label));
  await user.click(await screen.findByRole('menuitem', { name: (name) => name.includes(item) }));
}
