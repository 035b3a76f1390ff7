import type { AppState, Bridge, RequestOf, ResponseOf, Verb } from '../../../preload/contract';
import type { Translator } from '../../../preload/messages';
import type { Observable } from './observable';
import type { WindowStateStore } from './window-state';

/** Calls a verb; null when main refused the call, which the window reports as a defect of ours. */
export type Run = <V extends Verb>(
  verb: V,
  request: RequestOf<V>,
) => Promise<{ response: ResponseOf<V> } | null>;

/** What everything that a person can do in the window needs. */
export interface ActionDeps {
  bridge: Bridge;
  app: Observable<AppState | null>;
  window: WindowStateStore;
  t: Translator;
}

/** How the actions of one subject call main and say what came of it. */
export interface ActionTools {
  run: Run;
  /** Shows a text to everybody for a moment. */
  showSnackbar: (text: string) => void;
  /** Says a text to screen readers only: the eye sees it elsewhere. */
  announce: (text: string) => void;
}
