import { z } from 'zod';
import { type Account, KEY_HEADERS, KEY_LOCATIONS } from '../domain/account';
import { NOTIFICATION_CHOICES, NOTIFY_EVERYTHING } from '../domain/notification-rules';
import { PACES } from '../domain/polling-pace';
import type { ChangeFeed } from '../events';
import { jsonColumn, type RowParsers } from './row-parser';
import type { Database } from './sql';

const choice = z.enum(NOTIFICATION_CHOICES).catch('all');
const notificationRules = z.object({
  kinds: z
    .object({ processing: choice, render: choice, execution: choice })
    .catch(NOTIFY_EVERYTHING.kinds),
  sound: z.boolean().catch(NOTIFY_EVERYTHING.sound),
});

// Preferences fall back to their defaults; without any of the other fields, an account is unusable.
const accountRow = z
  .object({
    id: z.string(),
    service: z.string(),
    name: z.string(),
    key_header: z.enum(KEY_HEADERS),
    key_place: z.enum(KEY_LOCATIONS),
    brands_json: jsonColumn(z.array(z.object({ id: z.string(), name: z.string() }))),
    brand_id: z.string().nullable(),
    added_at_ms: z.number(),
    pace: z.enum(PACES).catch('balanced'),
    telling_json: jsonColumn(notificationRules),
  })
  .transform(
    (row): Account => ({
      id: row.id,
      service: row.service,
      name: row.name,
      keyHeader: row.key_header,
      keyLocation: row.key_place,
      brands: row.brands_json,
      brandId: row.brand_id,
      addedAtMs: row.added_at_ms,
      pace: row.pace,
      notificationRules: row.telling_json,
    }),
  );

/** Accounts without their keys. */
export function accountRepository(database: Database, feed: ChangeFeed, parsers: RowParsers) {
  const accounts = parsers.create('accounts', ['id'], accountRow);
  const changed = (accountId: string, isRemoved: boolean) =>
    database.afterCommit(() => feed.emit('accounts', { accountId, isRemoved }));
  return {
    /** In the order in which they were added. */
    all: (): Account[] => accounts.all(database.all('SELECT * FROM accounts ORDER BY added_at_ms')),
    get: (id: string): Account | null =>
      accounts.parse(database.get('SELECT * FROM accounts WHERE id = ?', id)),
    save(account: Account): void {
      database.run(
        `INSERT INTO accounts (id, service, name, key_header, key_place, brands_json, brand_id,
           added_at_ms, pace, telling_json) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, key_header = excluded.key_header,
           key_place = excluded.key_place, brands_json = excluded.brands_json,
           brand_id = excluded.brand_id, pace = excluded.pace,
           telling_json = excluded.telling_json`,
        account.id,
        account.service,
        account.name,
        account.keyHeader,
        account.keyLocation,
        JSON.stringify(account.brands),
        account.brandId,
        account.addedAtMs,
        account.pace,
        JSON.stringify(account.notificationRules),
      );
      changed(account.id, false);
    },
    /** Deletes at most `limit` of its jobs, with their events. True when more are left. */
    deleteJobs(id: string, limit: number): boolean {
      database.run(
        'DELETE FROM jobs WHERE id IN (SELECT id FROM jobs WHERE account_id = ? LIMIT ?)',
        id,
        limit,
      );
      return database.get('SELECT 1 FROM jobs WHERE account_id = ? LIMIT 1', id) !== undefined;
    },
    /** Removes the account with its jobs, events, notifications and uploads. */
    remove(id: string): void {
      database.run('DELETE FROM accounts WHERE id = ?', id);
      changed(id, true);
    },
  };
}
