import { fileURLToPath } from 'node:url';

/** The folder with package.json. */
export const projectRoot = fileURLToPath(new URL('../../', import.meta.url)).replace(/[\\/]$/, '');
