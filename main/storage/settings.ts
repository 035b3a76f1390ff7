import { z } from 'zod';
import type { Database } from './database';

/** Bytes a second. Less would let parts stall, more than any link is no limit. */
export const LEAST_UPLOAD_LIMIT = 10_000;
export const MOST_UPLOAD_LIMIT = 10_000_000_000;

/** Coins; a higher limit would ask about nothing. */
export const MOST_CONFIRM_COINS = 10_000;

const minuteOfDay = z.number().int().min(0).max(1439);

export const settingsSchema = z.object({
  quietHours: z.object({ fromMinute: minuteOfDay, toMinute: minuteOfDay }).nullable().catch(null),
  followDoNotDisturb: z.boolean().catch(true),
  /** Coins. A start that costs more, or of unknown cost, is asked about. */
  confirmOverCoins: z.number().min(0).max(MOST_CONFIRM_COINS).catch(0.05),
  /** Ended jobs are kept this long; null for as long as the app is used. */
  historyDays: z.number().int().min(1).max(3650).nullable().catch(null),
  launchAtLogin: z.boolean().catch(false),
  theme: z.enum(['system', 'light', 'dark']).catch('system'),
  uploadLimitBytesPerSecond: z
    .number()
    .int()
    .min(LEAST_UPLOAD_LIMIT)
    .max(MOST_UPLOAD_LIMIT)
    .nullable()
    .catch(null),
  paused: z.boolean().catch(false),
});

export type StoredSettings = z.infer<typeof settingsSchema>;

/** Damaged JSON reads as no value, which has a default. */
function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** The user's choices. A value that does not parse falls back to its default. */
export function settingsRepository(database: Database) {
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
      });
    },
  };
}

export type SettingsRepository = ReturnType<typeof settingsRepository>;
