import type { OrderEvent } from '../../../functions/published/order-events.ts';
import { newEvent } from '../orders/streams.ts';
import { InMemoryOrderLog } from './in-memory-order-log.ts';

/** A log to which other writers append first. */
export class ContestedLog extends InMemoryOrderLog {
  /** Events of other writers: the next group is appended right before each append. */
  readonly ahead: (readonly OrderEvent[])[] = [];
  /** How often this writer tried to append. */
  appends = 0;

  override async append(...[orderId, version, ...rest]: Parameters<InMemoryOrderLog['append']>) {
    this.appends += 1;
    const theirs = this.ahead.shift() ?? [];
    const at = (await this.read(orderId)).length;
    await super.append(
      orderId,
      at,
      theirs.map((event, index) => newEvent(event, at + index)),
    );
    return super.append(orderId, version, ...rest);
  }
}
