import { execFileSync, spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { makeTemporaryFolder } from '../../../scripts/lib/temporary-folder.mjs';

const DEFAULT_SIZE_BYTES = 2 * 1024 * 1024;
const FILLER = 'filler';

const mounted = new Set<string>();
process.once('exit', () => {
  for (const folder of mounted) spawnSync('umount', ['--lazy', folder]);
});

/**
 * How a disk can be full here: a small file system of its own where we may mount one, else a limit
 * to the size of the uploader's files. Null where there is neither.
 */
export const diskKind = findKind();

function findKind(): 'a small file system' | 'a limit to file sizes' | null {
  if (process.platform !== 'linux') return null;
  const folder = makeTemporaryFolder();
  try {
    if (mount(folder, DEFAULT_SIZE_BYTES)) return 'a small file system';
    return spawnSync('prlimit', ['--version']).status === 0 ? 'a limit to file sizes' : null;
  } finally {
    unmount(folder);
    rmSync(folder, { recursive: true });
  }
}

function mount(folder: string, sizeBytes: number): boolean {
  const options = `size=${sizeBytes}`;
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'cliptray-faults', folder]);
  if (status === 0) mounted.add(folder);
  return status === 0;
}

function unmount(folder: string): void {
  if (!mounted.has(folder)) return;
  spawnSync('umount', ['--lazy', folder]);
  mounted.delete(folder);
}

/** A folder whose disk can be filled to the last byte. */
export class SmallDisk {
  readonly folder: string;

  constructor(inFolder: string, sizeBytes = DEFAULT_SIZE_BYTES) {
    this.folder = join(inFolder, 'disk');
    mkdirSync(this.folder);
    if (diskKind === 'a small file system' && !mount(this.folder, sizeBytes)) {
      throw new Error('a small file system could be mounted once and not again');
    }
  }

  /** From now on the files of the process's database cannot grow. */
  fill(pid: number, databaseName: string): void {
    if (diskKind === 'a limit to file sizes') {
      const sizes = ['', '-wal'].map((ending) => sizeOf(join(this.folder, databaseName + ending)));
      limit(pid, String(Math.max(...sizes)));
      return;
    }
    const file = openSync(join(this.folder, FILLER), 'w');
    try {
      for (;;) writeSync(file, Buffer.alloc(4_096));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    } finally {
      closeSync(file);
    }
  }

  free(pid: number): void {
    if (diskKind === 'a limit to file sizes') limit(pid, 'unlimited');
    else rmSync(join(this.folder, FILLER));
  }

  /** As the system does it when the disk gives errors. Only for a small file system. */
  setReadOnly(isReadOnly: boolean): void {
    execFileSync('mount', ['-o', `remount,${isReadOnly ? 'ro' : 'rw'}`, this.folder]);
  }

  remove(): void {
    unmount(this.folder);
  }
}

/** Only the soft limit: the hard one could not be raised again. */
function limit(pid: number, bytes: string): void {
  execFileSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}:`]);
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
