import type { Inbox, KeptNotification, Messages } from '../../../functions/notifications/application/ports.ts';

/** The inboxes of all customers, in memory. */
export class InMemoryMessages implements Inbox, Messages {
  readonly #kept = new Map<string, KeptNotification>();

  put: Inbox['put'] = async (notification) => {
    const key = keyOf(notification.customerId, notification.notificationId);
    if (!this.#kept.has(key)) this.#kept.set(key, notification);
  };

  page: Messages['page'] = async (customerId, { limit, unreadOnly, after = '~' }) => {
    const all = this.#of(customerId)
      .filter(({ readAt, notificationId }) => notificationId < after && !(unreadOnly && readAt !== undefined))
      .sort((one, other) => (one.notificationId < other.notificationId ? 1 : -1));
    const items = all.slice(0, limit);
    return { items, ...(all.length > limit ? { next: items.at(-1)!.notificationId } : {}) };
  };

  countUnread: Messages['countUnread'] = async (customerId, atMost) =>
    Math.min(atMost, this.#of(customerId).filter(({ readAt }) => readAt === undefined).length);

  markRead: Messages['markRead'] = async (customerId, notificationId, at) => {
    const kept = this.#kept.get(keyOf(customerId, notificationId));
    if (kept) this.#kept.set(keyOf(customerId, notificationId), { readAt: at, ...kept });
    return kept !== undefined;
  };

  #of(customerId: string): KeptNotification[] {
    return [...this.#kept.values()].filter((each) => each.customerId === customerId);
  }
}

const keyOf = (customerId: string, notificationId: string): string => `${customerId} ${notificationId}`;
