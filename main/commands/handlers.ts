import type { Commands, Verb } from '../../preload/contract';

/** One handler a verb. The same handlers serve windows, the tray, menus and notifications. */
export type Handlers = {
  [V in Verb]: (
    request: Commands[V]['request'],
  ) => Promise<Commands[V]['response']> | Commands[V]['response'];
};
