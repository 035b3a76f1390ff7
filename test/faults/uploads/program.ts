import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';

const here = import.meta.dirname;
const workers = join(here, '../../../main/compose/workers');

/** The uploader as files that Node can run without compiling. */
export interface Program {
  uploader: string;
  /** A URL for Node's --import. */
  movableClock: string;
}

/**
 * Bundles the uploader as the app is bundled. Compiling it at each of hundreds of starts would take
 * twice as long as uploading. `folder` must be inside the project, where packages are found.
 */
export async function buildProgram(folder: string): Promise<Program> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await build({
    configFile: false,
    logLevel: 'warn',
    // Bundled, these load faster. The database is native and stays outside.
    ssr: { noExternal: ['undici', 'zod'] },
    build: {
      ssr: true,
      target: 'node20',
      outDir: folder,
      rollupOptions: {
        input: {
          uploader: join(here, 'uploader.ts'),
          'movable-clock': join(here, 'movable-clock.ts'),
          'hash-parts': join(workers, 'hash-parts.ts'),
          'send-parts': join(workers, 'send-parts.ts'),
        },
        output: { entryFileNames: '[name].js' },
      },
    },
  });
  return {
    uploader: join(folder, 'uploader.js'),
    movableClock: pathToFileURL(join(folder, 'movable-clock.js')).href,
  };
}
