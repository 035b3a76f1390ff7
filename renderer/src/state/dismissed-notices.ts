const STORAGE_KEY = 'dismissed-notices';

/** Notices that were dismissed on this computer; none if the page may not store anything. */
export function readDismissedNotices(): ReadonlySet<string> {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? '[]');
    return new Set(Array.isArray(stored) ? stored.filter((id) => typeof id === 'string') : []);
  } catch {
    return new Set();
  }
}

/** Remembers what was dismissed, if the page may store anything. */
export function writeDismissedNotices(ids: ReadonlySet<string>): void {
  try {
    localStorage.setItem(STORAGE_KEY, JSON.stringify([...ids]));
  } catch {
    // Without storage a notice comes back with the next window.
  }
}
