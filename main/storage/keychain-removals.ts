import type { Database } from './sql';

/** Names of secrets that are to be removed from the keychain as soon as it allows that. */
export function keychainRemovalRepository(database: Database) {
  return {
    all: (): string[] =>
      database.all('SELECT name FROM keychain_removals').map(({ name }) => String(name)),
    has: (name: string): boolean =>
      database.get('SELECT 1 FROM keychain_removals WHERE name = ?', name) !== undefined,
    add(name: string): void {
      database.run('INSERT OR IGNORE INTO keychain_removals VALUES (?)', name);
    },
    delete(name: string): void {
      database.run('DELETE FROM keychain_removals WHERE name = ?', name);
    },
  };
}
