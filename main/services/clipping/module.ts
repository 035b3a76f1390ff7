import type { ServiceModule } from '../../domain/service';
import { socketRefusalCodes } from './assumptions';
import { connectClipping } from './connection';

/** Clipping: transcripts and workflows run as executions. https://docs.clipping.cc */
export const clipping: ServiceModule = {
  id: 'clipping',
  name: 'Clipping',
  baseUrl: 'https://api.clipping.cc',
  baseUrlVariable: 'CLIPTRAY_CLIPPING_URL',
  keyHeaders: ['bearer'],
  keyPage: 'https://clipping.cc/account',
  balancePage: 'https://clipping.cc/balance',
  acceptsUploads: false,
  listShows: ['execution'],
  kinds: ['execution'],
  // Each poll may cost 0.001 coin, even while nothing runs: every 3 minutes is half a coin a day. The
  // list shows only active work, so a longer interval would miss more of what was started elsewhere.
  idleIntervalMs: 180_000,
  coinsPerPoll: 0.001,
  // The user creates keys by hand, on the account's page.
  signIn: null,
  // Takes the token of a web session in the query, and never an API key (async-operations).
  realtime: { path: '/v1/realtime', tokenParameter: 'token', refusalCodes: socketRefusalCodes },
  connect: connectClipping,
};
