import type { AwsService, JsonObject, ServiceContext } from '../contracts.ts';
import type { QueueDefinition, ReceivedMessage, SendOptions } from './queue.ts';

export interface SqsOptions {
  readonly queueUrl: (name: string) => string;
}

export class SqsService implements AwsService {
  constructor(_ctx: ServiceContext, _options: SqsOptions) {}
  define(_queue: QueueDefinition): void {}
  /** Durable when it returns; answers the message id. @throws AwsError */
  send(_queueArn: string, _body: string, _options?: SendOptions): string { throw new Error('in work'); }
  receive(_queueArn: string, _max: number): ReceivedMessage[] { throw new Error('in work'); }
  delete(_queueArn: string, _receiptHandles: readonly string[]): void {}
  changeVisibility(_queueArn: string, _receiptHandle: string, _timeoutMs: number): void {}
  /** Calls `listener` when messages may be receivable. Returns what ends the subscription. */
  onMessage(_queueArn: string, _listener: () => void): () => void { throw new Error('in work'); }
  async handle(_operation: string, _input: JsonObject): Promise<JsonObject> { throw new Error('in work'); }
  close(): void {}
}
