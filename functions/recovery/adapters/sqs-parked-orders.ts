import { queueCall } from '../../shared/edge/queue-call.ts';
import type { ParkedOrders } from '../application/task-ports.ts';
import type { ParkingEvent } from '../domain/parking-event.ts';

/** A queue that no function consumes. */
export class SqsParkedOrders implements ParkedOrders {
  readonly #queueUrl: string;
  readonly #call = queueCall();

  constructor(queueUrl: string) {
    this.#queueUrl = queueUrl;
  }

  async put({ type, orderId, version, occurredAt, data }: ParkingEvent): Promise<void> {
    await this.#call('SendMessage', {
      QueueUrl: this.#queueUrl,
      MessageBody: JSON.stringify({ type, orderId, version, occurredAt, data }),
    });
  }
}
