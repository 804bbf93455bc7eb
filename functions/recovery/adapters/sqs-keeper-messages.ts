import { queueCall } from '../../shared/edge/queue-call.ts';
import type { KeeperMessages, WaitKey } from '../application/ports.ts';
import type { AwaitedPartner } from '../domain/waiting-step.ts';

/** Messages of a queue, which SQS delays for a quarter of an hour at most. */
export class SqsKeeperMessages implements KeeperMessages {
  readonly longestMs = 900_000;
  readonly #queueUrl: string;
  readonly #call = queueCall();

  constructor(queueUrl: string) {
    this.#queueUrl = queueUrl;
  }

  round(partner: AwaitedPartner, id: string, delayMs: number): Promise<void> {
    return this.#send({ partner, id }, Math.ceil(delayMs / 1_000));
  }

  release({ orderId, step, changeId }: WaitKey): Promise<void> {
    return this.#send({ orderId, step, changeId }, 0);
  }

  async #send(message: object, delaySeconds: number): Promise<void> {
    await this.#call('SendMessage', {
      QueueUrl: this.#queueUrl,
      MessageBody: JSON.stringify(message),
      DelaySeconds: delaySeconds,
    });
  }
}
