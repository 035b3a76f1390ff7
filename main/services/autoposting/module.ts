import type { ServiceModule } from '../../domain/service';
import { KEY_PAGE } from './assumptions';
import { connectAutoposting } from './connection';
import { createSignIn } from './sign-in';

/** Autoposting: clips are uploaded, processed and rendered. https://docs.autoposting.ai */
export const autoposting: ServiceModule = {
  id: 'autoposting',
  name: 'Autoposting',
  // The same host without `/api-proxy` is the dashboard, and answers every path with its web page.
  baseUrl: 'https://app.autoposting.ai/api-proxy',
  baseUrlVariable: 'CLIPTRAY_AUTOPOSTING_URL',
  keyHeaders: ['bearer', 'x-api-key'],
  keyPage: KEY_PAGE,
  balancePage: null,
  acceptsUploads: true,
  // Renders are only shown by the clip they belong to.
  listShows: ['processing'],
  kinds: ['processing', 'render'],
  // Its list also shows what has ended, so that a longer wait is late and loses nothing.
  idleIntervalMs: 300_000,
  coinsPerPoll: null,
  signIn: createSignIn,
  // Its webhooks need a public address: there is only polling.
  realtime: null,
  connect: connectAutoposting,
};
