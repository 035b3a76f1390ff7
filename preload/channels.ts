/** Names of the four channels between main and the preload script. */
export const CHANNELS = {
  run: 'cliptray:run',
  snapshot: 'cliptray:snapshot',
  patches: 'cliptray:patches',
  navigate: 'cliptray:navigate',
} as const;
