import { z } from 'zod';
import type { Account, Brand } from '../domain/account';
import { NOTIFY_EVERYTHING } from '../domain/notification-rules';
import type { ChangeFeed } from '../events';
import type { Database, Row } from './database';

const brands = z.array(z.object({ id: z.string(), name: z.string() }));

const choice = z.enum(['all', 'failures', 'nothing']).catch('all');
const notificationRules = z.object({
  kinds: z
    .object({ processing: choice, render: choice, execution: choice })
    .catch(NOTIFY_EVERYTHING.kinds),
  sound: z.boolean().catch(NOTIFY_EVERYTHING.sound),
});
const pace = z.enum(['saving', 'balanced', 'close']).catch('balanced');

function fromRow(row: Row): Account {
  return {
    id: String(row.id),
    service: String(row.service),
    name: String(row.name),
    keyHeader: row.key_header === 'x-api-key' ? 'x-api-key' : 'bearer',
    keyLocation: row.key_place === 'session' ? 'session' : 'keychain',
    brands: brands.parse(JSON.parse(String(row.brands_json))) satisfies Brand[],
    brandId: row.brand_id === null ? null : String(row.brand_id),
    addedAtMs: Number(row.added_at_ms),
    pace: pace.parse(row.pace),
    notificationRules: notificationRules.parse(JSON.parse(String(row.telling_json))),
  };
}

/** Accounts without their keys. */
export function accountRepository(database: Database, feed: ChangeFeed) {
  const changed = (accountId: string, isRemoved: boolean) =>
    database.afterCommit(() => feed.emit('accounts', { accountId, isRemoved }));
  return {
    all: (): Account[] => database.all('SELECT * FROM accounts ORDER BY added_at_ms').map(fromRow),
    get(id: string): Account | null {
      const row = database.get('SELECT * FROM accounts WHERE id = ?', id);
      return row ? fromRow(row) : null;
    },
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
    /** Forgets at most `limit` of its jobs, with all that happened to them. True when more are left. */
    forgetJobs(id: string, limit: number): boolean {
      database.run(
        'DELETE FROM jobs WHERE id IN (SELECT id FROM jobs WHERE account_id = ? LIMIT ?)',
        id,
        limit,
      );
      database.afterCommit(() => feed.emit('jobs', { accountId: id }));
      return database.get('SELECT 1 FROM jobs WHERE account_id = ? LIMIT 1', id) !== undefined;
    },
    /** Removes the account with its jobs, events, notices and uploads. */
    remove(id: string): void {
      database.run('DELETE FROM accounts WHERE id = ?', id);
      changed(id, true);
    },
  };
}

export type AccountRepository = ReturnType<typeof accountRepository>;
