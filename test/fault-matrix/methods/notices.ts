/** Notifications in virtual time: each comes a moment after its reason, twice, and again until it is accepted. */
import type {
  NotificationAnswer,
  ReceivedNotification,
} from '../../../functions/payments/application/notification-ports.ts';
import { type Notice, Notifier } from '../../../partners/shared/notifier.ts';
import type { VirtualTime } from '../../fault/virtual/time.ts';

/** Where the platform takes notifications. */
export type Merchant = (received: ReceivedNotification) => Promise<NotificationAnswer | undefined>;

const FIRST_AFTER_MS = 800;
const REPEAT_AFTER_MS = [5_000, 60_000, 600_000];

export class VirtualNotifier extends Notifier {
  readonly #time: VirtualTime;
  readonly #merchant: Merchant;

  constructor(time: VirtualTime, merchant: Merchant) {
    super([]);
    this.#time = time;
    this.#merchant = merchant;
  }

  override notify(notice: Notice): void {
    void this.#deliver(notice, [FIRST_AFTER_MS, ...REPEAT_AFTER_MS]);
    void this.#deliver(notice, [2 * FIRST_AFTER_MS, ...REPEAT_AFTER_MS]);
  }

  async #deliver(notice: Notice, waits: readonly number[]): Promise<void> {
    for (const wait of waits) {
      await this.#time.sleep(wait);
      const { headers, body } = notice.request(false);
      const lowered = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
      const received = { headers: Object.fromEntries(lowered), rawBody: body, receivedAt: this.#time.now() };
      const answer = await this.#merchant(received).catch(() => undefined);
      if (answer && notice.isAccepted(answer.status, answer.body)) return;
    }
  }
}
