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

  /** The number of the notification that this one replaces; 0 for none, as in the protocol. */
  replacedBy({ replacementKey, outdates }: NotificationContent): number {
    const [own = 0] = this.#idsOf([replacementKey]);
    return own || (this.#idsOf(outdates).at(-1) ?? 0);
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

  #idsOf(keys: (string | null)[]): number[] {
    return [...this.#shown].flatMap(([id, { replacementKey }]) =>
      replacementKey !== null && keys.includes(replacementKey) ? [id] : [],
    );
  }
}
