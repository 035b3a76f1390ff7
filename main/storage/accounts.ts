import { z } from 'zod';
import type { Account, Brand } from '../domain/account';
import type { Database, Row } from './database';

const brands = z.array(z.object({ id: z.string(), name: z.string() }));

function fromRow(row: Row): Account {
  return {
    id: String(row.id),
    service: String(row.service),
    name: String(row.name),
    keyHeader: row.key_header === 'x-api-key' ? 'x-api-key' : 'bearer',
    keyPlace: row.key_place === 'session' ? 'session' : 'keychain',
    brands: brands.parse(JSON.parse(String(row.brands_json))) satisfies Brand[],
    brandId: row.brand_id === null ? null : String(row.brand_id),
    addedAtMs: Number(row.added_at_ms),
  };
}

/** Accounts without their keys. */
export function accountRepository(database: Database) {
  return {
    all: (): Account[] => database.all('SELECT * FROM accounts ORDER BY added_at_ms').map(fromRow),
    get(id: string): Account | null {
      const row = database.get('SELECT * FROM accounts WHERE id = ?', id);
      return row ? fromRow(row) : null;
    },
    save(account: Account): void {
      database.run(
        `INSERT INTO accounts VALUES (?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, key_header = excluded.key_header,
           key_place = excluded.key_place, brands_json = excluded.brands_json,
           brand_id = excluded.brand_id`,
        account.id,
        account.service,
        account.name,
        account.keyHeader,
        account.keyPlace,
        JSON.stringify(account.brands),
        account.brandId,
        account.addedAtMs,
      );
    },
    /** Removes the account with its jobs, events, notices and uploads. */
    remove: (id: string): void => database.run('DELETE FROM accounts WHERE id = ?', id),
  };
}

export type AccountRepository = ReturnType<typeof accountRepository>;
