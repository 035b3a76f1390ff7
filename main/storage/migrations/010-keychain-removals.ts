/** Names of secrets that the keychain did not let go of, as it does while it is locked. */
export const keychainRemovals = `
CREATE TABLE keychain_removals (
  name TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;
`;
