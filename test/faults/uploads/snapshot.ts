import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { SentPart, Upload } from '../../../main/domain/upload';
import { silentFeed } from '../../../main/events';
import { openStorage } from '../../../main/storage';
import { silentLogger } from '../../builders/logger';
import { DATABASE_NAME } from './messages';

/** What the uploader's database held when its process had ended. */
export interface Snapshot {
  uploads: (Upload & { parts: SentPart[] })[];
}

/**
 * Copies the database and reads the copy: the original is left as the process left it, for the next
 * one to recover.
 */
export function takeSnapshot(dataFolder: string, copyFolder: string): Snapshot {
  mkdirSync(copyFolder, { recursive: true });
  for (const name of [DATABASE_NAME, `${DATABASE_NAME}-wal`]) {
    const from = join(dataFolder, name);
    if (existsSync(from)) copyFileSync(from, join(copyFolder, name));
  }
  const storage = openStorage(join(copyFolder, DATABASE_NAME), silentFeed, silentLogger);
  try {
    return {
      uploads: storage.uploads
        .list()
        .map((upload) => ({ ...upload, parts: storage.uploads.parts(upload.id) })),
    };
  } finally {
    storage.close();
  }
}
