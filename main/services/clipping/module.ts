import type { ServiceModule } from '../../domain/service';
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
  // Each look may cost 0.001 coin, also when nothing runs: every 3 minutes is half a coin a day.
  idleIntervalMs: 180_000,
  connect: connectClipping,
};
