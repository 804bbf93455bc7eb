import type { FunctionInvoker, ServiceContext } from '../contracts.ts';
import type { SqsService } from '../sqs/service.ts';

/** An event source mapping from a queue to a function. */
export interface SqsMapping {
  readonly queueArn: string;
  readonly functionArn: string;
  readonly batchSize: number;
  /** How long to gather a batch that is not full yet; 0 hands over what is there. */
  readonly windowMs: number;
  /** @default 2 batches at once */
  readonly maxConcurrency?: number;
  readonly reportBatchItemFailures: boolean;
  readonly enabled: boolean;
}

export class SqsEventSource {
  constructor(_ctx: ServiceContext, _services: { readonly sqs: SqsService; readonly invoker: FunctionInvoker }) {}
  start(_mapping: SqsMapping): void {}
  async close(): Promise<void> {}
}
