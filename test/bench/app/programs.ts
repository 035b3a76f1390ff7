import { cp, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createPackage } from '@electron/asar';
import { projectRoot } from '../../../scripts/lib/paths.mjs';
import { packageApp } from '../../../scripts/package-app.mjs';

/** The two programs that are compared; `app` is ours. */
export const programNames = ['app', 'empty'] as const;
export type ProgramName = (typeof programNames)[number];

/** Packages the app as it is shipped, and the empty app on a copy of the same Electron. */
export async function makePrograms(folder: string): Promise<Record<ProgramName, string>> {
  const code = await packageApp(folder, { what: 'npm run bench -- app', quiet: true });
  if (code !== 0) throw new Error('The app could not be packaged: "npm run package" tells why.');
  const app = join(folder, 'app');
  const empty = join(folder, 'empty');
  await rename(join(folder, 'linux-unpacked'), app);
  await cp(app, empty, { recursive: true });
  const resources = join(empty, 'resources');
  await rm(resources, { recursive: true });
  await mkdir(resources);
  const source = join(folder, 'empty-source');
  await cp(fileURLToPath(new URL('empty', import.meta.url)), source, { recursive: true });
  await cp(join(projectRoot, 'resources', 'tray', 'idle.png'), join(source, 'idle.png'));
  await createPackage(source, join(resources, 'app.asar'));
  return { app: join(app, 'cliptray'), empty: join(empty, 'cliptray') };
}
