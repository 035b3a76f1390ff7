import { z } from 'zod';
import { nothing, service } from './primitives';
import { takes } from './verb';

export type { Environment } from '../../main/domain/environment';

/** The verbs about the app itself. */
export const appVerbs = {
  'watch.setPaused': takes(z.strictObject({ paused: z.boolean() })).returns<null>(),
  /** Polls every account now. */
  'watch.pollNow': takes(nothing).returns<null>(),
  /** Opens the page of a service where the user finds API keys, or the balance. */
  'page.open': takes(
    z.strictObject({ page: z.enum(['keys', 'balance']), service }),
  ).returns<null>(),
  /** Shows the log file in the system's file manager. */
  'logs.show': takes(nothing).returns<null>(),
  /** Quits the app; asks first if uploads are unfinished. */
  'app.quit': takes(nothing).returns<null>(),
};
