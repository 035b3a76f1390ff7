/** Removals of secrets, kept by nobody. */
export const noRemovals = { all: () => [], has: () => false, add() {}, delete() {} };
