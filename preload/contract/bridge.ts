import type { PatchMessage, StateSnapshot } from './state';
import type { RequestOf, ResponseOf, Verb } from './verbs';

/** What main asks a window to show. */
export type Route =
  | { view: 'jobs'; lineId: string | null }
  /** Upload these files, or let the user choose some if null. The window asks for an account if needed. */
  | { view: 'upload'; paths: string[] | null }
  /** Ask whether to import this video, and to which account. */
  | { view: 'import'; url: string }
  /** Offer to start work on this video. */
  | { view: 'start'; source: string | null }
  | { view: 'history' }
  | { view: 'accounts' }
  | { view: 'settings' };

/**
 * Why a call gave no answer, at the end of the error's text: IPC keeps nothing else of an error. `not-stored`:
 * the store cannot be used for now. Anything else is a defect.
 */
export type CallFailure = 'refused' | 'failed' | 'not-stored';

/** The only thing a page can reach, as `window.cliptray`. */
export interface Bridge {
  /**
   * Calls a verb. Rejects only when main refuses the request or its sender, or cannot do it, which is no
   * outcome: the text of the error ends with the `CallFailure`.
   */
  run<V extends Verb>(verb: V, request: RequestOf<V>): Promise<ResponseOf<V>>;
  snapshot(): Promise<StateSnapshot>;
  onPatches(listener: (message: PatchMessage) => void): () => void;
  onNavigate(listener: (route: Route) => void): () => void;
  /** The path on disk of a dropped or pasted file, or an empty string if it has none. */
  pathOf(file: File): string;
  /** The user's locale, such as `pt-BR`: chooses the language of the text, numbers and times. */
  locale: string;
}
