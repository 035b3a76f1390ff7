import type { RequestOf, ResponseOf, Verb } from '../../preload/contract';

/** One handler for each verb. Windows, the tray, menus and notifications all call the same ones. */
export type Handlers = {
  [V in Verb]: (request: RequestOf<V>) => Promise<ResponseOf<V>> | ResponseOf<V>;
};
