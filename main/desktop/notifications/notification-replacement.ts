import type { NotificationContent } from '../../notifications/port';

/** A daemon that never reports what it closed must not make us remember ever more notifications. */
const MAX_REMEMBERED = 100;

/**
 * The notifications on the screen, by the daemon's number, so that a later one with the same key can
 * replace an earlier one (`replaces_id` of the protocol).
 */
export class ShownNotifications {
  /** Oldest first. */
  readonly #shown = new Map<number, NotificationContent>();

  get(id: number): NotificationContent | undefined {
    return this.#shown.get(id);
  }

  /** The number of the notification to replace; 0 for none, as in the protocol. */
  replacedBy(replacementKey: string | null): number {
    if (replacementKey === null) return 0;
    for (const [id, content] of this.#shown) {
      if (content.replacementKey === replacementKey) return id;
    }
    return 0;
  }

  add(id: number, content: NotificationContent): void {
    this.#shown.delete(id);
    this.#shown.set(id, content);
    const [oldest] = this.#shown.keys();
    if (this.#shown.size > MAX_REMEMBERED && oldest !== undefined) this.#shown.delete(oldest);
  }

  remove(id: number): void {
    this.#shown.delete(id);
  }

  clear(): void {
    this.#shown.clear();
  }
}
