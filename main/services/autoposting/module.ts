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
  // Renders are shown only by their clip.
  listShows: ['processing'],
  kinds: ['processing', 'render'],
  // The list also shows ended clips, so a longer interval only delays news and loses nothing.
  idleIntervalMs: 300_000,
  coinsPerPoll: null,
  signIn: createSignIn,
  // Webhooks would need a public address, so there is only polling.
  realtime: null,
  connect: connectAutoposting,
};
