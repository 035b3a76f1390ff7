import { z } from 'zod';
import {
  MAX_CONFIRM_COINS,
  MAX_UPLOAD_LIMIT,
  MIN_UPLOAD_LIMIT,
  type StoredSettings,
  THEMES,
} from '../domain/settings';
import type { ChangeFeed } from '../events';
import type { Database } from './sql';

const minuteOfDay = z.number().int().min(0).max(1439);

const settingsSchema: z.ZodType<StoredSettings, unknown> = z.object({
  quietHours: z.object({ fromMinute: minuteOfDay, toMinute: minuteOfDay }).nullable().catch(null),
  followDoNotDisturb: z.boolean().catch(true),
  /** Coins. The user has to confirm a start that costs more, or whose cost is unknown. */
  confirmOverCoins: z.number().min(0).max(MAX_CONFIRM_COINS).catch(0.05),
  /** Ended jobs are kept for this many days; null keeps them forever. */
  historyDays: z.number().int().min(1).max(3650).nullable().catch(null),
  launchAtLogin: z.boolean().catch(false),
  theme: z.enum(THEMES).catch('system'),
  uploadLimitBytesPerSecond: z
    .number()
    .int()
    .min(MIN_UPLOAD_LIMIT)
    .max(MAX_UPLOAD_LIMIT)
    .nullable()
    .catch(null),
  paused: z.boolean().catch(false),
  certificateFile: z.string().min(1).nullable().catch(null),
});

/** Broken JSON counts as a missing value, so the setting gets its default. */
function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** The user's choices. A value that does not parse falls back to its default. */
export function settingsRepository(database: Database, feed: ChangeFeed) {
  return {
    read(): StoredSettings {
      const rows = database.all('SELECT name, value_json FROM settings');
      return settingsSchema.parse(
        Object.fromEntries(rows.map((row) => [row.name, parsed(String(row.value_json))])),
      );
    },
    change(changes: Partial<StoredSettings>): void {
      database.transaction(() => {
        for (const [name, value] of Object.entries(changes)) {
          database.run(
            `INSERT INTO settings VALUES (?, ?)
             ON CONFLICT (name) DO UPDATE SET value_json = excluded.value_json`,
            name,
            JSON.stringify(value),
          );
        }
        database.afterCommit(() => feed.emit('settings', { changes }));
      });
    },
  };
}

export type SettingsRepository = ReturnType<typeof settingsRepository>;
