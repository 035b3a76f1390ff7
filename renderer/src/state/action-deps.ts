import type { AppState, Bridge, RequestOf, ResponseOf, Verb } from '../../../preload/contract';
import type { Translator } from '../../../preload/messages';
import type { Observable } from './observable';
import type { WindowStateStore } from './window-state';

/** Calls a verb; null when main could not do it, which the window reports by itself. */
export type Run = <V extends Verb>(
  verb: V,
  request: RequestOf<V>,
) => Promise<{ response: ResponseOf<V> } | null>;

/** What the actions of every subject need. */
export interface ActionDeps {
  bridge: Bridge;
  app: Observable<AppState | null>;
  window: WindowStateStore;
  t: Translator;
}

/** How actions call main and report the outcome. */
export interface ActionTools {
  run: Run;
  /** Shows a text to everybody for a moment. */
  showSnackbar: (text: string) => void;
  /** Announces a text to screen readers only, when it is already visible elsewhere. */
  announce: (text: string) => void;
}
